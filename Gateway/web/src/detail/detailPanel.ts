import { element, setText } from "../dom/element.ts";
import { directionOf, formatChange, formatPrice } from "../format/number.ts";
import { dayAhead, priceTypeLabel, priceTypeLongLabel } from "../format/priceType.ts";
import { type PriceRow, rowKey } from "../prices/priceRow.ts";
import type { LivePrice } from "../wire/livePrice.ts";
import { ChartPane } from "./chartPane.ts";
import { factList, factsOf } from "./facts.ts";
import { PriceSeries } from "./priceSeries.ts";

const day = 24 * 3_600_000;

/** Reads the prices of one series in a range of time. */
export type ReadPrices = (
  row: PriceRow,
  priceType: string,
  start: number,
  end: number,
  signal: AbortSignal,
) => Promise<LivePrice[]>;

/** The chosen price: figures now and the 24 hours up to its interval, going on as prices arrive. */
export class DetailPanel {
  readonly element: HTMLElement;
  readonly #read: ReadPrices;
  readonly #chart = new ChartPane();
  readonly #name = element("h2", "detail-name");
  readonly #place = element("p", "detail-place");
  readonly #price = element("span", "detail-price");
  readonly #change = element("span", "detail-change");
  readonly #facts = element("div", "detail-facts");
  #row: PriceRow | null = null;
  #prices = new PriceSeries();
  #dayAhead: PriceSeries | null = null;
  #reading: AbortController | null = null;

  constructor(read: ReadPrices, onClose: () => void) {
    this.#read = read;
    const close = element(
      "button",
      "close",
      { type: "button", "aria-label": "Close the chart", title: "Close (Esc)" },
      "×",
    );
    close.addEventListener("click", onClose);
    this.element = element(
      "aside",
      "detail",
      { "aria-label": "Chosen price", hidden: "" },
      element(
        "div",
        "detail-head",
        {},
        element("div", "detail-title", {}, this.#name, this.#place),
        element("div", "detail-now", {}, this.#price, this.#change),
        close,
      ),
      element("div", "detail-body", {}, this.#chart.element, this.#facts),
    );
  }

  /** The key of the row shown, or null. */
  get key(): string | null {
    return this.#row?.key ?? null;
  }

  /** Shows a row and starts reading its last 24 hours. */
  open(row: PriceRow): void {
    this.#row = row;
    this.#prices = new PriceSeries();
    this.#dayAhead = row.price.price_type === dayAhead ? null : new PriceSeries();
    this.#prices.add([row.price]);
    this.element.hidden = false;
    this.#showNow();
    this.#chart.show({
      zone: row.price.market_zone,
      label: priceTypeLabel(row.price.price_type),
      prices: this.#prices,
      dayAhead: this.#dayAhead,
      range: () => this.#range(),
    });
    void this.#load(row);
  }

  close(): void {
    this.#reading?.abort();
    this.#row = null;
    this.element.hidden = true;
  }

  /** Reads the history again, after time without a connection; what is shown stays until then. */
  reload(): void {
    if (this.#row !== null) void this.#load(this.#row);
  }

  /** Goes on with what has changed. */
  follow(changed: readonly PriceRow[]): void {
    if (this.#row === null) return;
    const { price } = this.#row;
    const dayAheadKey = rowKey({ ...price, price_type: dayAhead });
    for (const row of changed) {
      if (row.key === this.#row.key) {
        this.#row = row;
        this.#prices.add([row.price]);
      } else if (row.key === dayAheadKey) this.#dayAhead?.add([row.price]);
      else continue;
      this.#showNow();
      this.#chart.paint();
    }
  }

  /** 24 hours up to the end of the newest interval. */
  #range(): readonly [number, number] {
    const row = this.#row;
    const end = row === null ? Date.now() : row.start + (row.price.interval_minutes || 5) * 60_000;
    return [end - day, end];
  }

  #showNow(): void {
    const row = this.#row;
    if (row === null) return;
    const { price } = row;
    setText(this.#name, price.location_name || price.location);
    const id = price.location_name && price.location_name !== price.location ? price.location : "";
    const place = [price.market_zone, price.location_type, id, priceTypeLongLabel(price.price_type)];
    setText(this.#place, place.filter(Boolean).join(" · "));
    setText(this.#price, formatPrice(price.price));
    this.#price.classList.toggle("is-negative", price.price < 0);
    setText(this.#change, price.change == null ? "" : formatChange(price.change));
    this.#change.dataset.direction = String(directionOf(price.change));
    const overlay = this.#dayAhead?.at(row.start) ?? null;
    this.#facts.replaceChildren(factList(factsOf(row, overlay?.price ?? null)));
  }

  async #load(row: PriceRow): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const [start, end] = this.#range();
    const [prices, overlay] = [this.#prices, this.#dayAhead];
    this.#chart.showNote("Loading the last 24 hours…");
    try {
      const type = row.price.price_type;
      const [history, dayAheadHistory] = await Promise.all([
        this.#read(row, type, start, end, reading.signal),
        overlay === null ? [] : this.#read(row, dayAhead, start, end, reading.signal),
      ]);
      if (reading.signal.aborted) return;
      prices.add(history);
      overlay?.add(dayAheadHistory);
      this.#chart.showNote(
        history.length > 0
          ? ""
          : "No history of this price yet. The chart goes on from here as prices arrive.",
      );
      this.#showNow();
      this.#chart.paint();
    } catch (error) {
      if (reading.signal.aborted) return;
      const again = element("button", "button", { type: "button" }, "Try again");
      again.addEventListener("click", () => this.reload());
      const words = error instanceof TypeError ? "The gateway does not answer." : messageOf(error);
      this.#chart.showNote(`The last 24 hours could not be read. ${words} `, again);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
