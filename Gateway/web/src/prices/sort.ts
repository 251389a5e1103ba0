import { priceTypeOrder } from "../format/priceType.ts";
import { zoneOrder } from "../format/zone.ts";
import type { PriceRow } from "./priceRow.ts";

export const sortKeys = [
  "zone",
  "location",
  "location_type",
  "price_type",
  "interval",
  "price",
  "change",
  "volatility_1h",
  "volatility_24h",
  "volatility_ewma",
  "revision",
] as const;

export type SortKey = (typeof sortKeys)[number];

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

export const initialSort: Sort = { key: "zone", descending: false };

type SortValue = string | number | null;

const sortValues: Record<SortKey, (row: PriceRow) => SortValue> = {
  zone: (row) => zoneOrder(row.price.market_zone),
  location: (row) => row.sortName,
  location_type: (row) => row.price.location_type ?? null,
  price_type: (row) => priceTypeOrder(row.price.price_type),
  interval: (row) => row.start,
  price: (row) => row.price.price,
  change: (row) => row.price.change ?? null,
  volatility_1h: (row) => row.price.volatility_1h ?? null,
  volatility_24h: (row) => row.price.volatility_24h ?? null,
  volatility_ewma: (row) => row.price.volatility_ewma ?? null,
  revision: (row) => row.price.revision ?? null,
};

/** True when the order by this key can change while prices move. */
export function ordersByPrices(sort: Sort): boolean {
  return !["zone", "location", "location_type", "price_type"].includes(sort.key);
}

/** The sort after a press on a heading: names start from A, numbers from the greatest, a second press turns it. */
export function pressed(sort: Sort, key: SortKey): Sort {
  if (sort.key === key) return { key, descending: !sort.descending };
  return { key, descending: ordersByPrices({ key, descending: false }) };
}

/** Orders rows in place. A value that is not known comes last in either direction; ties fall to zone, name, series. */
export function sortRows(rows: PriceRow[], sort: Sort): PriceRow[] {
  const value = sortValues[sort.key];
  const sign = sort.descending ? -1 : 1;
  return rows.sort((a, b) => {
    const left = value(a);
    const right = value(b);
    if (left !== right) {
      if (left === null) return 1;
      if (right === null) return -1;
      return left < right ? -sign : sign;
    }
    return byPlace(a, b);
  });
}

function byPlace(a: PriceRow, b: PriceRow): number {
  return (
    zoneOrder(a.price.market_zone) - zoneOrder(b.price.market_zone) ||
    compareText(a.sortName, b.sortName) ||
    compareText(a.price.location, b.price.location) ||
    priceTypeOrder(a.price.price_type) - priceTypeOrder(b.price.price_type)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
