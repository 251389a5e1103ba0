import { expect, it } from "vitest";
import type { PricePoint } from "./priceSeries.ts";
import { stepsOf } from "./steps.ts";

const point = (start: number, minutes: number, price: number): PricePoint => ({
  start: start * 60_000,
  end: (start + minutes) * 60_000,
  revision: 1,
  price,
  energy: null,
  congestion: null,
  loss: null,
});
const value = (p: PricePoint) => p.price;

it("holds a price to the end of its interval and stops there", () => {
  expect(stepsOf([{ points: [point(0, 5, 1), point(5, 5, 2)], value }])).toEqual([
    [0, 300, 599, 600],
    [1, 2, 2, null],
  ]);
});

it("leaves a gap where an interval is missing", () => {
  expect(stepsOf([{ points: [point(0, 5, 1), point(10, 5, 2)], value }])).toEqual([
    [0, 299, 300, 600, 899, 900],
    [1, 1, null, 2, 2, null],
  ]);
});

it("lays a slower line over a faster one without inventing values", () => {
  const [xs, fast, slow] = stepsOf([
    { points: [point(0, 5, 1), point(5, 5, 2)], value },
    { points: [point(0, 10, 7)], value },
  ]);
  expect(xs).toEqual([0, 300, 599, 600]);
  expect(fast).toEqual([1, 2, 2, null]);
  expect(slow).toEqual([7, undefined, 7, null]);
});

it("is empty without points", () => {
  expect(stepsOf([{ points: [], value }])).toEqual([[], []]);
});
