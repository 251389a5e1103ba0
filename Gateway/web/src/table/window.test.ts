import { describe, expect, it } from "vitest";
import { scrollToShow, visibleWindow } from "./window.ts";

describe("visibleWindow", () => {
  it("covers the view with some rows to spare", () => {
    expect(visibleWindow(1000, 300, 10, 5000)).toEqual({ first: 92, end: 138 });
  });

  it("stays inside the rows", () => {
    expect(visibleWindow(0, 300, 10, 5)).toEqual({ first: 0, end: 5 });
    expect(visibleWindow(0, 300, 10, 0)).toEqual({ first: 0, end: 0 });
  });

  it("still shows the last rows when a filter leaves fewer than the scroll position", () => {
    expect(visibleWindow(9000, 300, 10, 50)).toEqual({ first: 12, end: 50 });
  });
});

describe("scrollToShow", () => {
  it("moves no more than it must", () => {
    expect(scrollToShow(5, 0, 300, 10)).toBe(0);
    expect(scrollToShow(40, 0, 300, 10)).toBe(110);
    expect(scrollToShow(3, 100, 300, 10)).toBe(30);
  });
});
