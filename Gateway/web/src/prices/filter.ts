import type { PriceRow } from "./priceRow.ts";

/** Which rows are shown. An empty part narrows nothing. */
export interface Filter {
  readonly zones: ReadonlySet<string>;
  readonly priceType: string;
  readonly text: string;
}

export const everything: Filter = { zones: new Set(), priceType: "", text: "" };

export function isNarrowed(filter: Filter): boolean {
  return filter.zones.size > 0 || filter.priceType !== "" || filter.text.trim() !== "";
}

/** The test a row passes to be shown: every word of the text occurs somewhere in its name, id, type or zone. */
export function matcherOf(filter: Filter): (row: PriceRow) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return (row) =>
    (filter.zones.size === 0 || filter.zones.has(row.price.market_zone)) &&
    (filter.priceType === "" || filter.priceType === row.price.price_type) &&
    words.every((word) => row.searchText.includes(word));
}

/** The filter in words, for a message such as "Nothing matches …". */
export function describeFilter(filter: Filter, priceTypeLabel: (type: string) => string): string {
  const parts: string[] = [];
  if (filter.text.trim() !== "") parts.push(`“${filter.text.trim()}”`);
  if (filter.zones.size > 0) parts.push([...filter.zones].join(" or "));
  if (filter.priceType !== "") parts.push(priceTypeLabel(filter.priceType));
  return parts.join(" in ");
}
