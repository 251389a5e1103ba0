import { element, setText } from "../dom/element.ts";
import { formatWhole } from "../format/number.ts";
import { priceTypeLabel, priceTypeLongLabel, priceTypes } from "../format/priceType.ts";
import type { Filter } from "../prices/filter.ts";

/** Text search, price type and the number of rows that pass. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #search: HTMLInputElement;
  readonly #types: HTMLButtonElement[];
  readonly #shown = element("span", "shown", { role: "status" });

  constructor(onChange: (part: Partial<Filter>) => void) {
    this.#search = element("input", "search", {
      type: "search",
      placeholder: "Search location, id or type",
      "aria-label": "Search location, id or type",
      "aria-keyshortcuts": "/",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.#search.addEventListener("input", () => onChange({ text: this.#search.value }));
    this.#search.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#search.value === "") return;
      event.stopPropagation();
      this.#search.value = "";
      onChange({ text: "" });
    });
    this.#types = ["", ...priceTypes].map((type) => {
      const button = element(
        "button",
        "segment",
        { type: "button", "data-type": type, title: type === "" ? "All series" : priceTypeLongLabel(type) },
        type === "" ? "All" : priceTypeLabel(type),
      );
      button.addEventListener("click", () => onChange({ priceType: type }));
      return button;
    });
    this.element = element(
      "div",
      "toolbar",
      { role: "search" },
      element("span", "search-box", {}, this.#search, element("kbd", "search-key", {}, "/")),
      element("div", "segments", { role: "group", "aria-label": "Price type" }, ...this.#types),
      this.#shown,
    );
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  show(filter: Filter, shown: number, all: number): void {
    if (this.#search.value !== filter.text) this.#search.value = filter.text;
    for (const button of this.#types)
      button.setAttribute("aria-pressed", String(button.dataset.type === filter.priceType));
    setText(
      this.#shown,
      shown === all ? `${formatWhole(all)} rows` : `${formatWhole(shown)} of ${formatWhole(all)} rows`,
    );
  }
}
