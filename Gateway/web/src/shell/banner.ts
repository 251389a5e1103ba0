import { element, setText } from "../dom/element.ts";
import { utcMoment } from "../format/time.ts";
import type { FeedState } from "../wire/feedState.ts";

/** Says in words that the connection is lost, as of when the prices are, and when the next attempt is. */
export class Banner {
  readonly element: HTMLElement;
  readonly #words = element("span", "banner-words");
  #state: FeedState = { kind: "connecting" };

  constructor(onRetry: () => void) {
    const retry = element("button", "button", { type: "button" }, "Try now");
    retry.addEventListener("click", onRetry);
    this.element = element("div", "banner", { hidden: "" }, this.#words, retry);
  }

  showState(state: FeedState): void {
    this.#state = state;
    this.element.hidden = state.kind === "live" || state.kind === "connecting";
    this.element.dataset.state = state.kind;
  }

  showTime(now: number, lastUpdate: number | null): void {
    const state = this.#state;
    if (state.kind === "live" || state.kind === "connecting") return;
    const asOf = lastUpdate === null ? "" : ` Prices are as of ${utcMoment(lastUpdate).slice(11)}.`;
    const seconds = Math.ceil((state.retryAt - now) / 1000);
    const next = seconds > 0 ? ` Next attempt in ${seconds} s.` : " Trying now.";
    setText(this.#words, state.reason + asOf + next);
  }
}
