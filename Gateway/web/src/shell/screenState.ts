import { everything, type Filter } from "../prices/filter.ts";
import { initialSort, type Sort, type SortKey, sortKeys } from "../prices/sort.ts";

/** What a trader has set on the screen; kept in the address, so that it survives a reload and can be shared. */
export interface ScreenState {
  readonly filter: Filter;
  readonly sort: Sort;
  /** Key of the chosen row. */
  readonly chosen: string | null;
}

export function parseScreenState(hash: string): ScreenState {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const sort = parameters.get("sort") ?? "";
  const key = sort.replace(/^-/, "");
  return {
    filter: {
      ...everything,
      zones: new Set((parameters.get("zones") ?? "").split(",").filter(Boolean)),
      priceType: parameters.get("type") ?? "",
      text: parameters.get("q") ?? "",
    },
    sort: isSortKey(key) ? { key, descending: sort.startsWith("-") } : initialSort,
    chosen: parameters.get("row"),
  };
}

/** The part after the address's "#"; empty when nothing is set. */
export function formatScreenState({ filter, sort, chosen }: ScreenState): string {
  const parameters = new URLSearchParams();
  if (filter.zones.size > 0) parameters.set("zones", [...filter.zones].join(","));
  if (filter.priceType !== "") parameters.set("type", filter.priceType);
  if (filter.text !== "") parameters.set("q", filter.text);
  if (sort.key !== initialSort.key || sort.descending !== initialSort.descending)
    parameters.set("sort", (sort.descending ? "-" : "") + sort.key);
  if (chosen !== null) parameters.set("row", chosen);
  return parameters.toString();
}

function isSortKey(text: string): text is SortKey {
  return (sortKeys as readonly string[]).includes(text);
}
