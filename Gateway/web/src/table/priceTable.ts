import { element } from "../dom/element.ts";
import { marketTime } from "../format/time.ts";
import type { PriceRow } from "../prices/priceRow.ts";
import type { Sort, SortKey } from "../prices/sort.ts";
import { Heading } from "./heading.ts";
import { RowView } from "./rowView.ts";
import { scrollToShow, visibleWindow } from "./window.ts";

/** What the table asks of the screen around it. */
export interface PriceTableOptions {
  readonly onSort: (key: SortKey) => void;
  readonly onChoose: (key: string) => void;
  /** The row as it is now; the order keeps keys only, so that a price moves without a new order. */
  readonly rowOf: (key: string) => PriceRow | undefined;
}

/**
 * The live table. Only the rows in view have elements; they are used again as it scrolls, so that five
 * thousand rows cost what forty do. Arrow keys move a row cursor, Enter chooses the row.
 */
export class PriceTable {
  readonly element: HTMLElement;
  readonly #options: PriceTableOptions;
  readonly #heading: Heading;
  readonly #scroller = element("div", "table-scroll");
  readonly #body = element("div", "table-body", { role: "rowgroup" });
  readonly #overlay = element("div", "table-overlay", { role: "status", hidden: "" });
  readonly #views: RowView[] = [];
  #order: readonly string[] = [];
  #cursor: string | null = null;
  #chosen: string | null = null;
  #rowHeight = 34;
  #viewHeight = 0;

  constructor(options: PriceTableOptions) {
    this.#options = options;
    this.#heading = new Heading(options.onSort);
    this.#scroller.append(this.#body);
    this.element = element(
      "div",
      "table",
      { role: "grid", tabindex: "0", "aria-label": "Live prices" },
      element("div", "table-head", { role: "rowgroup" }, this.#heading.element),
      this.#scroller,
      this.#overlay,
    );
    this.#scroller.addEventListener("scroll", () => this.paint(), { passive: true });
    this.#body.addEventListener("click", (event) => this.#onClick(event));
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    new ResizeObserver(() => this.#measure()).observe(this.#scroller);
  }

  showSort(sort: Sort): void {
    this.#heading.show(sort);
  }

  showChosen(key: string | null): void {
    this.#chosen = key;
    if (key !== null) this.#cursor = key;
    this.paint();
  }

  /** Replaces the order of the rows. */
  showOrder(order: readonly string[]): void {
    this.#order = order;
    this.element.setAttribute("aria-rowcount", String(order.length + 1));
    this.#body.style.height = `${order.length * this.#rowHeight}px`;
    this.paint();
  }

  /** Covers the rows with a message; null takes it away. */
  showMessage(message: Node | null): void {
    this.#overlay.hidden = message === null;
    this.#overlay.replaceChildren(...(message === null ? [] : [message]));
  }

  /** Brings the rows in view up to date. */
  paint(): void {
    const { first, end } = visibleWindow(
      this.#scroller.scrollTop,
      this.#viewHeight,
      this.#rowHeight,
      this.#order.length,
    );
    const needed = end - first;
    while (this.#views.length < needed) {
      const view = new RowView();
      this.#views.push(view);
      this.#body.append(view.element);
    }

    const now = Date.now();
    const minute = now - (now % 60_000);
    let cursorId = "";
    for (let index = first; index < end; index++) {
      // A row keeps its view while the window moves by whole rows, so most views need no change on a scroll.
      const view = this.#views[index % this.#views.length];
      const row = this.#options.rowOf(this.#order[index] ?? "");
      if (view === undefined || row === undefined) continue;
      view.show(row, marketTime(row.price.market_zone, minute).day);
      const { element: line } = view;
      line.hidden = false;
      line.style.transform = `translateY(${index * this.#rowHeight}px)`;
      line.setAttribute("aria-rowindex", String(index + 2));
      line.setAttribute("aria-selected", String(row.key === this.#chosen));
      line.classList.toggle("is-cursor", row.key === this.#cursor);
      if (row.key === this.#cursor) cursorId = line.id;
    }
    this.#hideSpares(first, end);
    if (cursorId === "") this.element.removeAttribute("aria-activedescendant");
    else this.element.setAttribute("aria-activedescendant", cursorId);
  }

  #hideSpares(first: number, end: number): void {
    const used = new Set<number>();
    for (let index = first; index < end; index++) used.add(index % this.#views.length);
    for (const [slot, view] of this.#views.entries()) if (!used.has(slot)) view.element.hidden = true;
  }

  #measure(): void {
    const height = Number.parseFloat(getComputedStyle(this.element).getPropertyValue("--row-height"));
    if (height > 0) this.#rowHeight = height;
    this.#viewHeight = this.#scroller.clientHeight;
    this.showOrder(this.#order);
  }

  #onClick(event: Event): void {
    const line = (event.target as Element).closest<HTMLElement>(".row");
    const key = line?.dataset.key;
    if (key === undefined) return;
    this.#cursor = key;
    this.#options.onChoose(key);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.#viewHeight / this.#rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: Number.NEGATIVE_INFINITY,
      End: Number.POSITIVE_INFINITY,
    };
    const step = steps[event.key];
    if (step !== undefined) this.#moveCursor(step);
    else if ((event.key === "Enter" || event.key === " ") && this.#cursor !== null)
      this.#options.onChoose(this.#cursor);
    else return;
    event.preventDefault();
  }

  #moveCursor(step: number): void {
    const last = this.#order.length - 1;
    if (last < 0) return;
    const at = this.#cursor === null ? -1 : this.#order.indexOf(this.#cursor);
    const next = at < 0 && Number.isFinite(step) ? 0 : Math.min(last, Math.max(0, at + step));
    this.#cursor = this.#order[next] ?? null;
    this.#scroller.scrollTop = scrollToShow(
      next,
      this.#scroller.scrollTop,
      this.#viewHeight,
      this.#rowHeight,
    );
    this.paint();
  }
}
