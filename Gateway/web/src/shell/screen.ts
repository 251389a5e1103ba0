import { DetailPanel } from "../detail/detailPanel.ts";
import { element } from "../dom/element.ts";
import { oncePerFrame } from "../dom/frame.ts";
import { everything, type Filter, matcherOf } from "../prices/filter.ts";
import { PriceStore } from "../prices/priceStore.ts";
import { ordersByPrices, pressed, type Sort, sortRows } from "../prices/sort.ts";
import { summarise } from "../prices/zoneSummary.ts";
import { tableMessage } from "../table/message.ts";
import { PriceTable } from "../table/priceTable.ts";
import type { FeedState } from "../wire/feedState.ts";
import { readHistory } from "../wire/history.ts";
import type { LivePrice } from "../wire/livePrice.ts";
import type { FeedListener } from "../wire/priceFeed.ts";
import { Banner } from "./banner.ts";
import { Header } from "./header.ts";
import { formatScreenState, parseScreenState } from "./screenState.ts";
import { Toolbar } from "./toolbar.ts";
import { ZoneStrip } from "./zoneStrip.ts";

/** How often figures over all rows, and an order that prices can change, are worked out again. */
const slowPaintEvery = 1000;
const clockEvery = 250;

/** The whole screen: holds what is known and what is set, and has the parts show it. */
export class Screen implements FeedListener {
  readonly element: HTMLElement;
  readonly #store = new PriceStore();
  readonly #header = new Header();
  readonly #banner: Banner;
  readonly #zones = new ZoneStrip((zone) => this.#toggleZone(zone));
  readonly #toolbar = new Toolbar((part) => this.#setFilter({ ...this.#filter, ...part }));
  readonly #table: PriceTable;
  readonly #detail: DetailPanel;
  readonly #paintTable = oncePerFrame(() => this.#table.paint());
  #filter: Filter;
  #sort: Sort;
  #chosen: string | null;
  #state: FeedState = { kind: "connecting" };
  #wasLive = false;
  #lastUpdate: number | null = null;
  #skipped = 0;
  #isOrderStale = true;
  #shown = 0;

  constructor(onRetry: () => void) {
    const state = parseScreenState(location.hash);
    this.#filter = state.filter;
    this.#sort = state.sort;
    this.#chosen = state.chosen;
    this.#banner = new Banner(onRetry);
    this.#table = new PriceTable({
      onSort: (key) => this.#setSort(pressed(this.#sort, key)),
      onChoose: (key) => this.#choose(key),
      rowOf: (key) => this.#store.get(key),
    });
    this.#detail = new DetailPanel(
      ({ price }, priceType, start, end, signal) =>
        readHistory({ zone: price.market_zone, location: price.location, priceType, start, end }, signal),
      () => this.#choose(null),
    );
    this.element = element(
      "div",
      "screen",
      {},
      this.#header.element,
      this.#banner.element,
      this.#zones.element,
      this.#toolbar.element,
      element("main", "work", {}, this.#table.element, this.#detail.element),
    );
    this.#table.showSort(this.#sort);
    addEventListener("keydown", (event) => this.#onKey(event));
    setInterval(() => this.#tick(), clockEvery);
    setInterval(() => this.#slowPaint(), slowPaintEvery);
    this.#slowPaint();
    this.#tick();
  }

  onState(state: FeedState): void {
    this.#state = state;
    this.element.dataset.feed = state.kind;
    this.#header.showState(state);
    this.#banner.showState(state);
    if (state.kind === "live") {
      if (this.#wasLive) this.#detail.reload();
      this.#wasLive = true;
    }
    this.#tick();
    this.#showOrder();
  }

  onPrices(prices: readonly LivePrice[]): void {
    const { added, renamed, changed } = this.#store.apply(prices);
    if (changed.length > renamed) this.#lastUpdate = Date.now();
    this.#isOrderStale ||= added > 0 || renamed > 0 || ordersByPrices(this.#sort);
    if (added > 0 || renamed > 0) this.#slowPaint();
    else this.#paintTable();
    this.#detail.follow(changed);
    if (this.#chosen !== null && this.#detail.key === null) this.#openChosen();
  }

  onLag(dropped: number): void {
    this.#skipped += dropped;
    this.#header.showSkipped(this.#skipped);
  }

  #tick(): void {
    const now = Date.now();
    this.#header.showTime(now, this.#lastUpdate);
    this.#banner.showTime(now, this.#lastUpdate);
  }

  #slowPaint(): void {
    this.#header.showRows(this.#store.size);
    this.#zones.show(summarise(this.#store.values()), this.#filter.zones, Date.now());
    if (this.#isOrderStale) this.#showOrder();
    else this.#paintTable();
  }

  #showOrder(): void {
    this.#isOrderStale = false;
    const rows = [...this.#store.values()].filter(matcherOf(this.#filter));
    this.#shown = rows.length;
    this.#table.showOrder(sortRows(rows, this.#sort).map((row) => row.key));
    this.#toolbar.show(this.#filter, this.#shown, this.#store.size);
    this.#table.showMessage(
      tableMessage(this.#state, this.#shown, this.#store.size, this.#filter, () =>
        this.#setFilter(everything),
      ),
    );
  }

  #toggleZone(zone: string): void {
    const zones = new Set(this.#filter.zones);
    if (!zones.delete(zone)) zones.add(zone);
    this.#setFilter({ ...this.#filter, zones });
  }

  #setFilter(filter: Filter): void {
    this.#filter = filter;
    this.#isOrderStale = true;
    this.#slowPaint();
    this.#remember();
  }

  #setSort(sort: Sort): void {
    this.#sort = sort;
    this.#table.showSort(sort);
    this.#showOrder();
    this.#remember();
  }

  #choose(key: string | null): void {
    this.#chosen = key;
    if (key === null) {
      this.#detail.close();
      this.#table.element.focus({ preventScroll: true });
    } else this.#openChosen();
    this.element.classList.toggle("has-detail", this.#detail.key !== null);
    this.#table.showChosen(key);
    this.#remember();
  }

  #openChosen(): void {
    const row = this.#chosen === null ? undefined : this.#store.get(this.#chosen);
    if (row === undefined) return;
    this.element.classList.add("has-detail");
    this.#detail.open(row);
    this.#table.showChosen(row.key);
  }

  #remember(): void {
    const text = formatScreenState({ filter: this.#filter, sort: this.#sort, chosen: this.#chosen });
    history.replaceState(null, "", text === "" ? location.pathname + location.search : `#${text}`);
  }

  #onKey(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      this.#toolbar.focusSearch();
    } else if (event.key === "Escape" && this.#chosen !== null) this.#choose(null);
  }
}
