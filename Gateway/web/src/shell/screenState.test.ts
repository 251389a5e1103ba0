import { expect, it } from "vitest";
import { everything } from "../prices/filter.ts";
import { initialSort } from "../prices/sort.ts";
import { formatScreenState, parseScreenState, type ScreenState } from "./screenState.ts";

it("is empty when nothing is set", () => {
  const state = { filter: everything, sort: initialSort, chosen: null };
  expect(formatScreenState(state)).toBe("");
  expect(parseScreenState("")).toEqual(state);
});

it("comes back as it was written", () => {
  const state: ScreenState = {
    filter: { zones: new Set(["PJM", "ERCOT"]), priceType: "DAY_AHEAD_HOURLY", text: "west & <hub>" },
    sort: { key: "price", descending: true },
    chosen: "ERCOT/LZ_HOUSTON:LZEW/REAL_TIME_15_MIN",
  };
  expect(parseScreenState(`#${formatScreenState(state)}`)).toEqual(state);
});

it("takes an address someone has broken as far as it can", () => {
  expect(parseScreenState("#sort=-nonsense&zones=,&%%%")).toEqual({
    filter: everything,
    sort: initialSort,
    chosen: null,
  });
});
