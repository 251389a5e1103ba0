import { expect, it } from "vitest";
import { supersedes } from "./supersedes.ts";

it.each([
  ["a later interval", { start: 2, revision: 1 }, { start: 1, revision: 9 }, true],
  ["an earlier interval, however often revised", { start: 1, revision: 9 }, { start: 2, revision: 1 }, false],
  ["a later revision of the interval", { start: 1, revision: 2 }, { start: 1, revision: 1 }, true],
  ["an earlier revision of the interval", { start: 1, revision: 1 }, { start: 1, revision: 2 }, false],
  ["the same price again", { start: 1, revision: 1 }, { start: 1, revision: 1 }, false],
])("%s", (_, next, shown, expected) => {
  expect(supersedes(next, shown)).toBe(expected);
});

it("never lets two prices each take the other's place", () => {
  const versions = [1, 2, 3].flatMap((start) => [0, 1, 2].map((revision) => ({ start, revision })));
  for (const a of versions)
    for (const b of versions) expect(supersedes(a, b) && supersedes(b, a)).toBe(false);
});
