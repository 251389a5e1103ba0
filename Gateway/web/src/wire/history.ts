import type { LivePrice } from "./livePrice.ts";
import { problemOf } from "./problem.ts";

/** One location's prices of one series over a range of time: start inclusive, end exclusive. */
export interface HistoryQuery {
  readonly zone: string;
  readonly location: string;
  readonly priceType: string;
  /** Milliseconds since 1970, UTC. */
  readonly start: number;
  readonly end: number;
}

interface HistoryPage {
  readonly items: readonly LivePrice[];
  readonly next_cursor?: string | null;
}

/** More pages than 24 hours can need; a cursor that never ends is the server's mistake, not a reason to hang. */
const maxPages = 100;

/** Reads all pages of a range. Throws `Problem` when the gateway refuses. */
export async function readHistory(
  query: HistoryQuery,
  signal: AbortSignal,
  fetcher: typeof fetch = fetch,
): Promise<LivePrice[]> {
  const items: LivePrice[] = [];
  let cursor: string | null | undefined;
  for (let page = 0; page < maxPages; page++) {
    const response = await fetcher(historyAddress(query, cursor), {
      signal,
      headers: { accept: "application/json" },
    });
    if (!response.ok) throw await problemOf(response);
    const body = (await response.json()) as HistoryPage;
    items.push(...body.items);
    cursor = body.next_cursor;
    if (!cursor) return items;
  }
  throw new Error(`The history did not end after ${maxPages} pages.`);
}

/** The relative address of a page. */
export function historyAddress(query: HistoryQuery, cursor?: string | null): string {
  const parameters = new URLSearchParams({
    zone: query.zone,
    location: query.location,
    price_type: query.priceType,
    start: isoSeconds(query.start),
    end: isoSeconds(query.end),
  });
  if (cursor) parameters.set("cursor", cursor);
  return `api/v1/prices/history?${parameters}`;
}

function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
