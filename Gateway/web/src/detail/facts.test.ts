import { expect, it } from "vitest";
import { row } from "../prices/prices.fixture.ts";
import { factsOf } from "./facts.ts";

it("leaves out what the market does not publish", () => {
  expect(factsOf(row({ energy_cost: null }), null).map(([name]) => name)).toEqual(["Interval", "Revision"]);
});

it("shows zero, which is a price, and the DART spread as day-ahead minus real-time", () => {
  const facts = new Map(factsOf(row({ price: -5, congestion_cost: 0, load_forecast: 83_211 }), 20));
  expect(facts.get("Congestion")).toBe("0.00");
  expect(facts.get("DART spread")).toBe("+25.00");
  expect(facts.get("Load forecast")).toBe("83,211 MW");
});
