import type { SortKey } from "../prices/sort.ts";

export interface Column {
  readonly key: SortKey;
  readonly title: string;
  /** Shown when the pointer rests on the heading. */
  readonly hint: string;
  readonly numeric: boolean;
}

/** The table's columns, left to right. Which are visible at which width is the style sheet's business. */
export const columns: readonly Column[] = [
  { key: "zone", title: "Zone", hint: "Market zone", numeric: false },
  { key: "location", title: "Location", hint: "Name and the market's id", numeric: false },
  { key: "location_type", title: "Type", hint: "Kind of location", numeric: false },
  { key: "price_type", title: "Series", hint: "Price type", numeric: false },
  { key: "interval", title: "Interval", hint: "Start of the interval, market-local time", numeric: true },
  { key: "price", title: "Price", hint: "Locational marginal price, $/MWh", numeric: true },
  { key: "change", title: "Change", hint: "Against the interval before, $/MWh", numeric: true },
  {
    key: "volatility_1h",
    title: "Vol 1 h",
    hint: "Standard deviation of price changes over an hour, $/MWh",
    numeric: true,
  },
  {
    key: "volatility_24h",
    title: "Vol 24 h",
    hint: "Standard deviation of price changes over 24 hours, $/MWh",
    numeric: true,
  },
  {
    key: "volatility_ewma",
    title: "EWMA",
    hint: "Exponentially weighted volatility, λ = 0.94, $/MWh",
    numeric: true,
  },
  {
    key: "revision",
    title: "Rev",
    hint: "How often the market has republished this interval",
    numeric: true,
  },
];
