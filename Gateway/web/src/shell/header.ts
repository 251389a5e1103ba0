import { element, setText } from "../dom/element.ts";
import { formatAge } from "../format/age.ts";
import { formatWhole } from "../format/number.ts";
import { utcMoment } from "../format/time.ts";
import type { FeedState } from "../wire/feedState.ts";

const labels: Readonly<Record<FeedState["kind"], string>> = {
  connecting: "Connecting",
  live: "Live",
  reconnecting: "Reconnecting",
  offline: "Offline",
};

/** Longer than this without a price and the age is marked: every market publishes each five minutes. */
const quietAfter = 6 * 60_000;

/** The top line: what this is, how the connection is, how old the last update is. */
export class Header {
  readonly element: HTMLElement;
  readonly #state = element("span", "connection-label");
  readonly #connection: HTMLElement;
  readonly #age = element("span", "figure");
  readonly #updated: HTMLElement;
  readonly #rows = element("span", "figure", {}, "0");
  readonly #skipped: HTMLElement;
  readonly #skippedCount = element("span", "figure");
  readonly #clock = element("span", "clock");

  constructor() {
    this.#connection = element(
      "span",
      "connection",
      { role: "status", "data-state": "connecting" },
      element("span", "connection-dot", { "aria-hidden": "true" }),
      this.#state,
    );
    this.#updated = element("span", "fact", {}, "Last update ", this.#age);
    this.#skipped = element("span", "fact skipped", { hidden: "" }, "Skipped ", this.#skippedCount);
    this.#skipped.title =
      "Intermediate prices the gateway left out because this screen was slow to read. The newest are shown.";
    this.element = element(
      "header",
      "top",
      {},
      element("h1", "brand", {}, element("span", "brand-mark", { "aria-hidden": "true" }), "OptiBid"),
      this.#connection,
      this.#updated,
      element("span", "fact count", {}, this.#rows, " prices"),
      this.#skipped,
      this.#clock,
    );
    this.showState({ kind: "connecting" });
  }

  showState(state: FeedState): void {
    this.#connection.dataset.state = state.kind;
    setText(this.#state, labels[state.kind]);
  }

  showTime(now: number, lastUpdate: number | null): void {
    const age = lastUpdate === null ? null : now - lastUpdate;
    setText(this.#age, age === null ? "—" : `${formatAge(age)} ago`);
    this.#updated.classList.toggle("is-quiet", age !== null && age > quietAfter);
    setText(this.#clock, utcMoment(now).slice(11));
  }

  showRows(count: number): void {
    setText(this.#rows, formatWhole(count));
  }

  showSkipped(count: number): void {
    this.#skipped.hidden = count === 0;
    setText(this.#skippedCount, formatWhole(count));
  }
}
