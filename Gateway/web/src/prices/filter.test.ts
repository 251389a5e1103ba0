import { describe, expect, it } from "vitest";
import { describeFilter, everything, isNarrowed, matcherOf } from "./filter.ts";
import { row } from "./prices.fixture.ts";

const hub = row();
const node = row({ market_zone: "CAISO", location: "NODE_7", location_name: null, location_type: "NODE" });

describe("matcherOf", () => {
  it("passes everything when nothing is set", () => {
    expect([hub, node].filter(matcherOf(everything))).toEqual([hub, node]);
  });

  it.each([
    ["western", [hub]],
    ["HUB pjm", [hub]],
    ["51288", [hub]],
    ["  node  ", [node]],
    ["western caiso", []],
    ["node_7", [node]],
  ])("finds %j in name, id, type or zone, every word of it", (text, expected) => {
    expect([hub, node].filter(matcherOf({ ...everything, text }))).toEqual(expected);
  });

  it("narrows to zones and a price type together", () => {
    const filter = { zones: new Set(["PJM", "CAISO"]), priceType: "DAY_AHEAD_HOURLY", text: "" };
    expect([hub, node].filter(matcherOf(filter))).toEqual([]);
    expect([hub, node].filter(matcherOf({ ...filter, priceType: "" }))).toEqual([hub, node]);
    expect([hub, node].filter(matcherOf({ ...everything, zones: new Set(["CAISO"]) }))).toEqual([node]);
  });
});

it("knows whether it narrows anything", () => {
  expect(isNarrowed(everything)).toBe(false);
  expect(isNarrowed({ ...everything, text: "  " })).toBe(false);
  expect(isNarrowed({ ...everything, text: "x" })).toBe(true);
});

it("describes itself in words", () => {
  const filter = { zones: new Set(["PJM", "CAISO"]), priceType: "DAY_AHEAD_HOURLY", text: " west " };
  expect(describeFilter(filter, () => "DA hourly")).toBe("“west” in PJM or CAISO in DA hourly");
});
