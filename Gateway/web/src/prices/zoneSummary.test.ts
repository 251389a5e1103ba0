import { expect, it } from "vitest";
import { row } from "./prices.fixture.ts";
import { summarise } from "./zoneSummary.ts";

it("counts all rows and averages the real-time ones, in the order of the zones", () => {
  const rows = [
    row({ market_zone: "ERCOT", price_type: "DAY_AHEAD_HOURLY", price: 99 }),
    row({ price: -10 }),
    row({ price: 30, price_type: "REAL_TIME_15_MIN" }),
    row({ price: 1000, price_type: "DAY_AHEAD_HOURLY" }),
  ];
  expect(summarise(rows)).toEqual([
    { zone: "PJM", rows: 3, average: 10, lowest: -10, highest: 30 },
    { zone: "ERCOT", rows: 1, average: null, lowest: null, highest: null },
  ]);
});

it("is empty without rows", () => {
  expect(summarise([])).toEqual([]);
});
