import { expect, it } from "vitest";
import { price } from "../prices/prices.fixture.ts";
import { PriceSeries } from "./priceSeries.ts";

const at = (time: string) => Date.parse(`2026-11-22T${time}:00Z`);
const tick = (time: string, value: number, revision = 1) =>
  price({ timestamp: `2026-11-22T${time}:00Z`, price: value, revision });

it("keeps each interval once, at its latest revision, oldest first", () => {
  const series = new PriceSeries();
  expect(series.add([tick("17:30", 3), tick("17:25", 2, 2), tick("17:20", 1)])).toBe(true);
  expect(series.add([tick("17:25", 9, 1), tick("17:30", 3)])).toBe(false);
  expect(series.window(at("17:00"), at("18:00")).map((p) => p.price)).toEqual([1, 2, 3]);
});

it("gives the intervals that begin in the window and forgets the ones before", () => {
  const series = new PriceSeries();
  series.add([tick("17:00", 1), tick("17:05", 2), tick("17:10", 3)]);
  expect(series.window(at("17:05"), at("17:10")).map((p) => p.price)).toEqual([2]);
  expect(series.window(at("17:00"), at("18:00")).map((p) => p.price)).toEqual([2, 3]);
});

it("finds the interval that covers a moment", () => {
  const series = new PriceSeries();
  series.add([tick("17:00", 1)]);
  expect(series.at(at("17:04"))?.price).toBe(1);
  expect(series.at(at("17:05"))).toBeNull();
  expect(series.at(at("16:59"))).toBeNull();
});
