import { element, setText } from "../dom/element.ts";
import { directionOf, formatChange, formatPrice } from "../format/number.ts";
import { priceTypeLabel } from "../format/priceType.ts";
import { formatDay, marketTime, utcInterval } from "../format/time.ts";
import type { PriceRow } from "../prices/priceRow.ts";

let nextId = 0;

/** The elements of one line of the table, used for one row after another as the table scrolls. */
export class RowView {
  readonly element: HTMLElement;
  /** Key of the row it shows now. */
  key: string | null = null;
  #shown: PriceRow | null = null;
  #today = "";
  readonly #zone = cell("zone");
  readonly #name = element("span", "name");
  readonly #id = element("span", "id");
  readonly #more = element("span", "more");
  readonly #location = cell("location", this.#name, this.#id, this.#more);
  readonly #locationType = cell("location_type");
  readonly #priceType = cell("price_type");
  readonly #intervalStart = element("span");
  readonly #intervalClock = element("span", "abbreviation");
  readonly #interval = cell("interval", this.#intervalStart, this.#intervalClock);
  readonly #price = element("span", "price");
  readonly #priceCell = cell("price", this.#price);
  readonly #change = cell("change");
  readonly #volatility1h = cell("volatility_1h");
  readonly #volatility24h = cell("volatility_24h");
  readonly #volatilityEwma = cell("volatility_ewma");
  readonly #revision = element("span", "revision");
  readonly #revisionCell = cell("revision", this.#revision);

  constructor() {
    this.element = element("div", "row", { role: "row", id: `row-${nextId++}` });
    this.element.append(
      this.#zone,
      this.#location,
      this.#locationType,
      this.#priceType,
      this.#interval,
      this.#priceCell,
      this.#change,
      this.#volatility1h,
      this.#volatility24h,
      this.#volatilityEwma,
      this.#revisionCell,
    );
  }

  /** Shows a row; `today` is the day now in its market. Flashes when the row it already shows got a new price. */
  show(row: PriceRow, today: string): void {
    const isSameRow = this.key === row.key;
    if (isSameRow && this.#shown === row && this.#today === today) return;
    if (!isSameRow) this.#showPlace(row);
    this.#showPrice(row, today);
    if (!isSameRow) this.#stopFlash();
    else if (this.#shown !== null && this.#shown.version !== row.version) this.#flash(row.direction);
    this.key = row.key;
    this.#shown = row;
    this.#today = today;
  }

  #showPlace({ key, price }: PriceRow): void {
    this.element.dataset.key = key;
    setText(this.#zone, price.market_zone);
    this.#zone.dataset.zone = price.market_zone;
    setText(this.#priceType, priceTypeLabel(price.price_type));
  }

  #showPrice({ price, start }: PriceRow, today: string): void {
    const name = price.location_name || price.location;
    setText(this.#name, name);
    const id = name === price.location ? "" : price.location;
    setText(this.#id, id);
    this.#location.title = id === "" ? name : `${name} (${id})`;
    setText(this.#locationType, price.location_type ?? "—");

    const local = marketTime(price.market_zone, start);
    const day = local.day === today ? "" : `${formatDay(local.day)} `;
    setText(this.#intervalStart, `${day}${local.time}`);
    setText(this.#intervalClock, ` ${local.abbreviation}`);
    this.#interval.title = `${local.abbreviation}; ${utcInterval(start, price.interval_minutes)}`;
    setText(this.#more, `${priceTypeLabel(price.price_type)} · ${day}${local.time}`);

    setText(this.#price, formatPrice(price.price));
    this.#price.classList.toggle("is-negative", price.price < 0);
    setText(this.#change, formatChange(price.change));
    this.#change.dataset.direction = String(directionOf(price.change));
    setText(this.#volatility1h, formatPrice(price.volatility_1h));
    setText(this.#volatility24h, formatPrice(price.volatility_24h));
    setText(this.#volatilityEwma, formatPrice(price.volatility_ewma));

    const revision = price.revision ?? 1;
    setText(this.#revision, revision > 1 ? `r${revision}` : "");
    this.#revisionCell.title = revision > 1 ? `Republished: revision ${revision} of this interval` : "";
  }

  #flash(direction: -1 | 0 | 1): void {
    this.#stopFlash();
    // Reading a layout value between the two makes the animation start anew.
    void this.#priceCell.offsetWidth;
    this.#priceCell.dataset.flash = direction < 0 ? "down" : direction > 0 ? "up" : "same";
  }

  #stopFlash(): void {
    delete this.#priceCell.dataset.flash;
  }
}

function cell(name: string, ...children: Node[]): HTMLElement {
  return element("div", `cell col-${name}`, { role: "gridcell" }, ...children);
}
