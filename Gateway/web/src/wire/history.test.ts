import { expect, it } from "vitest";
import { price } from "../prices/prices.fixture.ts";
import { historyAddress, readHistory } from "./history.ts";
import { Problem } from "./problem.ts";

const query = {
  zone: "ERCOT",
  location: "LZ_HOUSTON:LZEW",
  priceType: "DAY_AHEAD_HOURLY",
  start: Date.UTC(2026, 10, 22, 17),
  end: Date.UTC(2026, 10, 23, 17),
};

/** A gateway that answers with the given replies in turn and remembers what it was asked. */
function gateway(...replies: Response[]) {
  const asked: string[] = [];
  const fetcher = (async (input: RequestInfo | URL) => {
    asked.push(String(input));
    return replies.shift() ?? new Response("", { status: 404 });
  }) as typeof fetch;
  return { asked, fetcher };
}

it("writes times to the second in UTC and escapes the location", () => {
  expect(historyAddress(query)).toBe(
    "api/v1/prices/history?zone=ERCOT&location=LZ_HOUSTON%3ALZEW&price_type=DAY_AHEAD_HOURLY" +
      "&start=2026-11-22T17%3A00%3A00Z&end=2026-11-23T17%3A00%3A00Z",
  );
});

it("follows the cursor to the last page", async () => {
  const [a, b, c] = [price({ price: 1 }), price({ price: 2 }), price({ price: 3 })];
  const { asked, fetcher } = gateway(
    Response.json({ items: [a, b], next_cursor: "x/1+" }),
    Response.json({ items: [c] }),
  );
  expect(await readHistory(query, new AbortController().signal, fetcher)).toEqual([a, b, c]);
  expect(asked[1]).toBe(`${asked[0]}&cursor=x%2F1%2B`);
});

it("throws the gateway's refusal", async () => {
  const { fetcher } = gateway(Response.json({ title: "The database is away." }, { status: 503 }));
  const reading = readHistory(query, new AbortController().signal, fetcher);
  await expect(reading).rejects.toEqual(new Problem(503, "The database is away."));
});

it("gives up on a cursor that never ends", async () => {
  const endless = (async () => Response.json({ items: [], next_cursor: "again" })) as typeof fetch;
  await expect(readHistory(query, new AbortController().signal, endless)).rejects.toThrow("did not end");
});
