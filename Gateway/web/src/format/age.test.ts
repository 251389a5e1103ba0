import { expect, it } from "vitest";
import { formatAge } from "./age.ts";

it.each([
  [-50, "0.0 s"],
  [440, "0.4 s"],
  [9_940, "9.9 s"],
  [9_960, "10 s"],
  [99_400, "99 s"],
  [180_000, "3 min"],
  [7_200_000, "2 h"],
])("%s ms is %s", (milliseconds, text) => {
  expect(formatAge(milliseconds)).toBe(text);
});
