import type { LivePrice } from "../wire/livePrice.ts";
import { type PriceRow, rowOf } from "./priceRow.ts";

/** A price for tests: PJM's Western Hub unless told otherwise. */
export function price(part: Partial<LivePrice> = {}): LivePrice {
  return {
    market_zone: "PJM",
    location: "51288",
    location_name: "WESTERN HUB",
    location_type: "HUB",
    price_type: "REAL_TIME_5_MIN",
    timestamp: "2026-11-22T17:25:00Z",
    interval_minutes: 5,
    price: 31.42,
    revision: 1,
    ...part,
  };
}

export function row(part: Partial<LivePrice> = {}): PriceRow {
  return rowOf(price(part));
}
