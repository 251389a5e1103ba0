import { isRealTime } from "../format/priceType.ts";
import { zoneOrder } from "../format/zone.ts";
import type { PriceRow } from "./priceRow.ts";

/** A zone's rows in figures. Prices are of its real-time series, $/MWh; null when it has none. */
export interface ZoneSummary {
  readonly zone: string;
  readonly rows: number;
  readonly average: number | null;
  readonly lowest: number | null;
  readonly highest: number | null;
}

/** One summary for each zone there is, in the zones' own order. */
export function summarise(rows: Iterable<PriceRow>): ZoneSummary[] {
  const zones = new Map<string, { rows: number; prices: number; sum: number; low: number; high: number }>();
  for (const { price } of rows) {
    let zone = zones.get(price.market_zone);
    if (zone === undefined) {
      zone = { rows: 0, prices: 0, sum: 0, low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY };
      zones.set(price.market_zone, zone);
    }
    zone.rows++;
    if (!isRealTime(price.price_type)) continue;
    zone.prices++;
    zone.sum += price.price;
    zone.low = Math.min(zone.low, price.price);
    zone.high = Math.max(zone.high, price.price);
  }
  return [...zones]
    .map(([zone, { rows: count, prices, sum, low, high }]) => ({
      zone,
      rows: count,
      average: prices === 0 ? null : sum / prices,
      lowest: prices === 0 ? null : low,
      highest: prices === 0 ? null : high,
    }))
    .sort((a, b) => zoneOrder(a.zone) - zoneOrder(b.zone));
}
