import { expect, it } from "vitest";
import { directionOf, formatChange, formatPercent, formatPrice, formatWhole } from "./number.ts";

it.each([
  [31.416, "31.42"],
  [0, "0.00"],
  [-0.004, "0.00"],
  [-0.006, "−0.01"],
  [-251, "−251.00"],
  [5000, "5,000.00"],
  [null, "—"],
  [undefined, "—"],
])("writes the price %s as %s", (value, text) => {
  expect(formatPrice(value)).toBe(text);
});

it.each([
  [1.5, "+1.50"],
  [-1.5, "−1.50"],
  [0.001, "0.00"],
  [null, "—"],
])("writes the change %s as %s", (value, text) => {
  expect(formatChange(value)).toBe(text);
});

it("colours a change by what is written", () => {
  expect([0.001, -0.001, 0.01, -0.01, null].map(directionOf)).toEqual([0, 0, 1, -1, 0]);
});

it("writes counts and shares", () => {
  expect(formatWhole(83_211)).toBe("83,211");
  expect(formatWhole(null)).toBe("—");
  expect(formatPercent(41.25)).toBe("41.3 %");
});
