import { element } from "../dom/element.ts";
import type { Sort, SortKey } from "../prices/sort.ts";
import { columns } from "./columns.ts";

/** The table's headings: a button in each sorts by its column. */
export class Heading {
  readonly element: HTMLElement;
  readonly #cells = new Map<SortKey, HTMLElement>();

  constructor(onPress: (key: SortKey) => void) {
    this.element = element("div", "row heading", { role: "row", "aria-rowindex": "1" });
    for (const column of columns) {
      const button = element(
        "button",
        "sort",
        { type: "button", title: column.hint },
        column.title,
        element("span", "sort-mark", { "aria-hidden": "true" }),
      );
      button.addEventListener("click", () => onPress(column.key));
      const cell = element(
        "div",
        `cell col-${column.key}${column.numeric ? " is-numeric" : ""}`,
        { role: "columnheader" },
        button,
      );
      this.#cells.set(column.key, cell);
      this.element.append(cell);
    }
  }

  show(sort: Sort): void {
    for (const [key, cell] of this.#cells)
      cell.setAttribute(
        "aria-sort",
        key !== sort.key ? "none" : sort.descending ? "descending" : "ascending",
      );
  }
}
