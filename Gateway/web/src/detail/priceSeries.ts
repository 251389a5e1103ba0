import { supersedes } from "../prices/supersedes.ts";
import type { LivePrice } from "../wire/livePrice.ts";

/** A price at a place in time, as the chart draws it. Components are null where the market has none. */
export interface PricePoint {
  /** Interval start, milliseconds since 1970, UTC. */
  readonly start: number;
  readonly end: number;
  readonly revision: number;
  readonly price: number;
  readonly energy: number | null;
  readonly congestion: number | null;
  readonly loss: number | null;
}

/** One location's prices of one series, each interval once, at its latest revision. */
export class PriceSeries {
  readonly #points = new Map<number, PricePoint>();

  /** Takes in prices in any order; true when any of them is news. */
  add(prices: readonly LivePrice[]): boolean {
    let isNews = false;
    for (const price of prices) {
      const point = pointOf(price);
      if (Number.isNaN(point.start)) continue;
      const known = this.#points.get(point.start);
      if (known !== undefined && !supersedes(point, known)) continue;
      this.#points.set(point.start, point);
      isNews = true;
    }
    return isNews;
  }

  /** The intervals that begin in [start, end), oldest first. Forgets those before start. */
  window(start: number, end: number): PricePoint[] {
    for (const at of this.#points.keys()) if (at < start) this.#points.delete(at);
    return [...this.#points.values()].filter((p) => p.start < end).sort((a, b) => a.start - b.start);
  }

  /** The interval that covers a moment. */
  at(moment: number): PricePoint | null {
    for (const point of this.#points.values()) if (point.start <= moment && moment < point.end) return point;
    return null;
  }
}

function pointOf(price: LivePrice): PricePoint {
  const start = Date.parse(price.timestamp);
  return {
    start,
    end: start + (price.interval_minutes || 5) * 60_000,
    revision: price.revision ?? 0,
    price: price.price,
    energy: price.energy_cost ?? null,
    congestion: price.congestion_cost ?? null,
    loss: price.loss_cost ?? null,
  };
}
