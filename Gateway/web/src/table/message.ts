import { element } from "../dom/element.ts";
import { priceTypeLabel } from "../format/priceType.ts";
import { describeFilter, type Filter, isNarrowed } from "../prices/filter.ts";
import type { FeedState } from "../wire/feedState.ts";

/** What stands where rows would be when there are none; null when rows are there. */
export function tableMessage(
  state: FeedState,
  shown: number,
  all: number,
  filter: Filter,
  onClear: () => void,
): Node | null {
  if (shown > 0) return null;
  if (all > 0 && isNarrowed(filter)) {
    const clear = element("button", "button", { type: "button" }, "Show everything");
    clear.addEventListener("click", onClear);
    return message("Nothing matches", `No price for ${describeFilter(filter, priceTypeLabel)}.`, clear);
  }
  switch (state.kind) {
    case "connecting":
      return message("Connecting", "Asking the gateway for the newest prices…", skeleton());
    case "live":
      return message("No prices yet", "The feed is connected. Rows appear as soon as a market publishes.");
    default:
      return message("No connection", `${state.reason} Prices appear here once it is back.`);
  }
}

function message(title: string, words: string, ...more: Node[]): HTMLElement {
  return element("div", "message", {}, element("h2", "", {}, title), element("p", "", {}, words), ...more);
}

function skeleton(): HTMLElement {
  const lines = Array.from({ length: 5 }, () => element("span", "skeleton-line"));
  return element("div", "skeleton", { "aria-hidden": "true" }, ...lines);
}
