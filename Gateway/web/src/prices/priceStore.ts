import type { LivePrice } from "../wire/livePrice.ts";
import { type PriceRow, renamed, rowKey, rowOf } from "./priceRow.ts";
import { supersedes } from "./supersedes.ts";

/** What a batch of prices did to the store. */
export interface Applied {
  /** Rows that were not there before. */
  readonly added: number;
  /** Rows that show the price they did under another name. */
  readonly renamed: number;
  /** Rows, new and old, that show another price, or another name, now. */
  readonly changed: readonly PriceRow[];
}

/** The newest price of each location and price type that this screen has heard of. */
export class PriceStore {
  readonly #rows = new Map<string, PriceRow>();

  get size(): number {
    return this.#rows.size;
  }

  get(key: string): PriceRow | undefined {
    return this.#rows.get(key);
  }

  values(): IterableIterator<PriceRow> {
    return this.#rows.values();
  }

  /**
   * Takes in what is newer than what is shown, and names that were missing, and leaves the rest; a price that
   * cannot be read is left too.
   */
  apply(prices: readonly LivePrice[]): Applied {
    const changed = new Map<string, PriceRow>();
    let added = 0;
    let named = 0;
    for (const price of prices) {
      const start = Date.parse(price.timestamp);
      if (Number.isNaN(start) || !Number.isFinite(price.price)) continue;
      const key = rowKey(price);
      const shown = this.#rows.get(key);
      let row: PriceRow | null;
      if (shown === undefined) {
        added++;
        row = rowOf(price);
      } else if (supersedes({ start, revision: price.revision ?? 0 }, versionOf(shown))) {
        row = rowOf(price, shown);
      } else if (start === shown.start) {
        // The gateway learns names after it has prices, and sends the price again with its name.
        row = renamed(shown, price);
        if (row !== null) named++;
      } else continue;
      if (row === null) continue;
      this.#rows.set(key, row);
      changed.set(key, row);
    }
    return { added, renamed: named, changed: [...changed.values()] };
  }
}

function versionOf(row: PriceRow) {
  return { start: row.start, revision: row.price.revision ?? 0 };
}
