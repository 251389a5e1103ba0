import { describe, expect, it } from "vitest";
import { backoffDelay } from "./backoff.ts";

describe("backoffDelay", () => {
  it("doubles from half a second up to its ceiling", () => {
    const delays = [0, 1, 2, 3, 4, 5, 6, 1000].map((attempt) => backoffDelay(attempt, () => 1));
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  it("spreads over the upper half, so that clients do not return together", () => {
    expect(backoffDelay(3, () => 0)).toBe(2000);
    expect(backoffDelay(3, () => 0.5)).toBe(3000);
  });
});
