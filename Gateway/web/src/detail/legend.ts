import { element, setText } from "../dom/element.ts";
import { formatPrice } from "../format/number.ts";

export interface LegendEntry {
  readonly label: string;
  /** Name of the line's colour in the style sheet. */
  readonly colour: string;
  readonly value: number | null;
}

/** The chart's lines by name, each with its value at one moment. */
export class Legend {
  readonly element = element("div", "legend");
  readonly #moment = element("span", "legend-moment");
  readonly #entries = element("span", "legend-entries");

  constructor() {
    this.element.append(this.#moment, this.#entries);
  }

  show(moment: string, entries: readonly LegendEntry[]): void {
    setText(this.#moment, moment);
    this.#entries.replaceChildren(
      ...entries.map(({ label, colour, value }) =>
        element(
          "span",
          `legend-entry is-${colour}`,
          {},
          element("span", "legend-mark", { "aria-hidden": "true" }),
          `${label} `,
          element("span", "figure", {}, formatPrice(value)),
        ),
      ),
    );
  }
}
