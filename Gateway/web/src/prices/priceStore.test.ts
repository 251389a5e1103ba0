import { expect, it } from "vitest";
import { PriceStore } from "./priceStore.ts";
import { price } from "./prices.fixture.ts";

const key = "PJM/51288/REAL_TIME_5_MIN";

it("adds a row per zone, location and price type", () => {
  const store = new PriceStore();
  const { added, changed } = store.apply([
    price(),
    price({ price_type: "DAY_AHEAD_HOURLY" }),
    price({ market_zone: "CAISO" }),
  ]);
  expect([added, changed.length, store.size]).toEqual([3, 3, 3]);
});

it("says which way a price moved", () => {
  const store = new PriceStore();
  store.apply([price({ price: 10 })]);
  expect(store.get(key)?.direction).toBe(0);
  store.apply([price({ timestamp: "2026-11-22T17:30:00Z", price: -4 })]);
  expect(store.get(key)?.direction).toBe(-1);
  store.apply([price({ timestamp: "2026-11-22T17:35:00+00:00", price: 0 })]);
  expect(store.get(key)?.direction).toBe(1);
  expect(store.get(key)?.version).toBe(3);
});

it("keeps the newest when a snapshot arrives after a push, as on a reconnect", () => {
  const store = new PriceStore();
  store.apply([price({ timestamp: "2026-11-22T17:30:00Z", price: 40, revision: 2 })]);
  const snapshot = [
    price({ timestamp: "2026-11-22T17:25:00Z", price: 31 }),
    price({ timestamp: "2026-11-22T17:30:00Z", price: 39, revision: 1 }),
  ];
  expect(store.apply(snapshot)).toEqual({ added: 0, renamed: 0, changed: [] });
  expect(store.get(key)?.price.price).toBe(40);
});

it("ends at the newest whatever the order of arrival", () => {
  const updates = [0, 5, 10, 15].flatMap((minutes) =>
    [1, 2, 3].map((revision) =>
      price({
        timestamp: new Date(Date.UTC(2026, 10, 22, 17, minutes)).toISOString(),
        revision,
        price: minutes * 10 + revision,
      }),
    ),
  );
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let round = 0; round < 200; round++) {
    const store = new PriceStore();
    const shuffled = updates.map((u) => [random(), u] as const).sort((a, b) => a[0] - b[0]);
    let shown = Number.NEGATIVE_INFINITY;
    for (const [, update] of shuffled) {
      store.apply([update]);
      const now = store.get(key)?.price.price ?? Number.NaN;
      expect(now).toBeGreaterThanOrEqual(shown);
      shown = now;
    }
    expect(shown).toBe(153);
  }
});

it("leaves out what cannot be a price and takes the rest", () => {
  const store = new PriceStore();
  const bad = [price({ timestamp: "soon" }), price({ price: Number.NaN })];
  expect(store.apply([...bad, price({ location: "1" })]).added).toBe(1);
});

it("tells of a row once, at its newest, when a batch moves it twice", () => {
  const store = new PriceStore();
  const { changed } = store.apply([price({ price: 1 }), price({ price: 2, revision: 2 })]);
  expect(changed.map((row) => row.price.price)).toEqual([2]);
});

it("takes a name that comes after the price, and keeps the price as it was", () => {
  const store = new PriceStore();
  const bare = { location_name: null, location_type: null };
  store.apply([price({ ...bare, price: 10 })]);
  store.apply([price({ ...bare, price: 12, revision: 2 })]);
  const { added, renamed, changed } = store.apply([price({ price: 12, revision: 2 })]);
  expect([added, renamed, changed.length]).toEqual([0, 1, 1]);
  const row = store.get(key);
  expect([row?.price.location_name, row?.price.location_type, row?.sortName]).toEqual([
    "WESTERN HUB",
    "HUB",
    "western hub",
  ]);
  expect(row?.searchText).toContain("western hub");
  // No new price: nothing that would flash.
  expect([row?.price.price, row?.direction, row?.version]).toEqual([12, 1, 2]);

  expect(store.apply([price({ price: 12, revision: 2 })]).renamed).toBe(0);
  expect(store.apply([price({ ...bare, price: 12, revision: 2 })]).renamed).toBe(0);
  expect(store.get(key)?.price.location_name).toBe("WESTERN HUB");
});
