import { describe, expect, it } from "vitest";
import { row } from "./prices.fixture.ts";
import { initialSort, ordersByPrices, pressed, sortKeys, sortRows } from "./sort.ts";

const a = row({ location: "1", location_name: "alpha", price: -5, change: 2 });
const b = row({ location: "2", location_name: "Bravo", price: 0, change: null });
const c = row({ location: "3", location_name: "charlie", price: 12, change: -1, market_zone: "ERCOT" });
const d = row({ location: "1", location_name: "alpha", price: 3, price_type: "DAY_AHEAD_HOURLY", change: 0 });

describe("sortRows", () => {
  it("starts with zones in their order, names without regard to case, the fastest series first", () => {
    expect(sortRows([c, d, b, a], initialSort)).toEqual([a, d, b, c]);
  });

  it("orders numbers across zero", () => {
    expect(sortRows([c, d, b, a], { key: "price", descending: false })).toEqual([a, b, d, c]);
    expect(sortRows([c, d, b, a], { key: "price", descending: true })).toEqual([c, d, b, a]);
  });

  it("puts what is not known last in both directions", () => {
    expect(sortRows([b, a, c, d], { key: "change", descending: true })).toEqual([a, d, c, b]);
    expect(sortRows([b, a, c, d], { key: "change", descending: false })).toEqual([c, d, a, b]);
  });

  it.each(sortKeys)("gives one order by %s whatever order the rows come in", (key) => {
    for (const descending of [false, true]) {
      const sort = { key, descending };
      expect(sortRows([d, c, b, a], sort)).toEqual(sortRows([a, c, b, d], sort));
    }
  });
});

describe("pressed", () => {
  it("starts names from A and numbers from the greatest", () => {
    expect(pressed(initialSort, "location")).toEqual({ key: "location", descending: false });
    expect(pressed(initialSort, "price")).toEqual({ key: "price", descending: true });
  });

  it("turns round on a second press", () => {
    expect(pressed(pressed(initialSort, "price"), "price")).toEqual({ key: "price", descending: false });
  });
});

it("knows which orders prices can change", () => {
  expect(ordersByPrices(initialSort)).toBe(false);
  expect(ordersByPrices({ key: "volatility_1h", descending: true })).toBe(true);
});
