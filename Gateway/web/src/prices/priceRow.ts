import type { LivePrice } from "../wire/livePrice.ts";

/** One line of the table: the price shown, with what would be dear to work out again at each paint. */
export interface PriceRow {
  /** Zone, location and price type; the row's identity. */
  readonly key: string;
  readonly price: LivePrice;
  /** Interval start, milliseconds since 1970, UTC. */
  readonly start: number;
  /** What the text filter looks in, lower case. */
  readonly searchText: string;
  /** What rows are ordered by under the location heading, lower case. */
  readonly sortName: string;
  /** How the number shown moved when this price took its place: up, down or not. */
  readonly direction: -1 | 0 | 1;
  /** Counts the prices this row has shown, so that a view sees that there is a new one. */
  readonly version: number;
}

export function rowKey(price: Pick<LivePrice, "market_zone" | "location" | "price_type">): string {
  return `${price.market_zone}/${price.location}/${price.price_type}`;
}

/** The row that shows `price` in place of `shown`. */
export function rowOf(price: LivePrice, shown?: PriceRow): PriceRow {
  const name = (price.location_name || price.location).toLowerCase();
  return {
    key: shown?.key ?? rowKey(price),
    price,
    start: Date.parse(price.timestamp),
    searchText:
      shown?.price.location_name === price.location_name
        ? (shown?.searchText ?? searchTextOf(price))
        : searchTextOf(price),
    sortName: shown?.sortName === name ? shown.sortName : name,
    direction: shown === undefined ? 0 : (Math.sign(price.price - shown.price.price) as -1 | 0 | 1),
    version: (shown?.version ?? 0) + 1,
  };
}

/** The same price of the same row under the name and type it has by now; null when they are not others. */
export function renamed(shown: PriceRow, price: LivePrice): PriceRow | null {
  const location_name = price.location_name ?? null;
  const location_type = price.location_type ?? null;
  const isKnown =
    location_name === (shown.price.location_name ?? null) &&
    location_type === (shown.price.location_type ?? null);
  if (!location_name || isKnown) return null;
  const named = { ...shown.price, location_name, location_type };
  return {
    ...shown,
    price: named,
    searchText: searchTextOf(named),
    sortName: location_name.toLowerCase(),
  };
}

function searchTextOf(price: LivePrice): string {
  return [price.market_zone, price.location, price.location_name, price.location_type]
    .filter(Boolean)
    .join(" ")
    .toLowerCase();
}
