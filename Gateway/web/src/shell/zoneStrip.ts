import { element, setText } from "../dom/element.ts";
import { formatPrice, formatWhole } from "../format/number.ts";
import { marketTime } from "../format/time.ts";
import type { ZoneSummary } from "../prices/zoneSummary.ts";

interface Card {
  readonly element: HTMLButtonElement;
  readonly count: HTMLElement;
  readonly clock: HTMLElement;
  readonly average: HTMLElement;
  readonly range: HTMLElement;
}

/** A card per zone with its clock and figures; pressing one narrows the table to it, pressing again widens it. */
export class ZoneStrip {
  readonly element = element("div", "zones", { role: "group", "aria-label": "Zones" });
  readonly #cards = new Map<string, Card>();
  readonly #onToggle: (zone: string) => void;

  constructor(onToggle: (zone: string) => void) {
    this.#onToggle = onToggle;
  }

  show(summaries: readonly ZoneSummary[], chosen: ReadonlySet<string>, now: number): void {
    const minute = now - (now % 60_000);
    for (const summary of summaries) {
      const card = this.#cards.get(summary.zone) ?? this.#add(summary.zone);
      const time = marketTime(summary.zone, minute);
      card.element.setAttribute("aria-pressed", String(chosen.has(summary.zone)));
      setText(card.count, formatWhole(summary.rows));
      setText(card.clock, `${time.time} ${time.abbreviation}`);
      setText(card.average, formatPrice(summary.average));
      setText(
        card.range,
        summary.lowest === null
          ? "no real-time prices"
          : `${formatPrice(summary.lowest)} to ${formatPrice(summary.highest)}`,
      );
    }
    this.element.classList.toggle("is-narrowed", chosen.size > 0);
  }

  #add(zone: string): Card {
    const count = element("span", "figure");
    const clock = element("span", "zone-clock");
    const average = element("span", "zone-average");
    const range = element("span", "zone-range");
    const button = element(
      "button",
      "zone",
      { type: "button", "data-zone": zone, title: `Average and range of ${zone}'s real-time prices, $/MWh` },
      element("span", "zone-name", {}, zone),
      clock,
      average,
      element("span", "zone-foot", {}, range, element("span", "zone-count", {}, count, " prices")),
    );
    button.addEventListener("click", () => this.#onToggle(zone));
    const card = { element: button, count, clock, average, range };
    this.#cards.set(zone, card);
    this.element.append(button);
    return card;
  }
}
