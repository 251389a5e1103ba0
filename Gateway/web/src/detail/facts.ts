import { element } from "../dom/element.ts";
import { formatChange, formatPercent, formatPrice, formatWhole } from "../format/number.ts";
import { utcInterval, utcMoment } from "../format/time.ts";
import type { PriceRow } from "../prices/priceRow.ts";

/** A name and what it is worth, as shown beside the chart. */
export type Fact = readonly [name: string, value: string];

/**
 * What is known of a price, in the order a trader asks. What the market does not publish is left out.
 * @param dayAheadPrice The day-ahead price of the same hour, $/MWh, for the DART spread.
 */
export function factsOf({ price, start }: PriceRow, dayAheadPrice: number | null): Fact[] {
  const published = price.published_at ? Date.parse(price.published_at) : Number.NaN;
  const optional = (name: string, value: number | null | undefined, format: (v: number) => string): Fact[] =>
    value == null ? [] : [[name, format(value)]];
  return [
    ...optional("Energy", price.energy_cost, formatPrice),
    ...optional("Congestion", price.congestion_cost, formatPrice),
    ...optional("Loss", price.loss_cost, formatPrice),
    ...optional("DART spread", dayAheadPrice === null ? null : dayAheadPrice - price.price, formatChange),
    ...optional("Volatility 1 h", price.volatility_1h, formatPrice),
    ...optional("Volatility 24 h", price.volatility_24h, formatPrice),
    ...optional("Volatility EWMA", price.volatility_ewma, formatPrice),
    ...optional("Renewables", price.renewable_percentage, formatPercent),
    ...optional("Load forecast", price.load_forecast, (mw) => `${formatWhole(mw)} MW`),
    ...optional("Volume", price.volume, (mw) => `${formatWhole(mw)} MW`),
    ["Interval", utcInterval(start, price.interval_minutes)],
    ...(Number.isNaN(published) ? [] : [["Published", utcMoment(published)] as const]),
    ["Revision", String(price.revision ?? 1)],
    ...(price.source ? [["Source", price.source] as const] : []),
  ];
}

/** The facts as a list of tiles. */
export function factList(facts: readonly Fact[]): HTMLElement {
  return element(
    "dl",
    "facts",
    {},
    ...facts.map(([name, value]) =>
      element("div", "fact-tile", {}, element("dt", "", {}, name), element("dd", "figure", {}, value)),
    ),
  );
}
