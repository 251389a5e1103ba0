import { expect, it } from "vitest";
import { attemptsUntilOffline, failedState } from "./feedState.ts";

it("is reconnecting first and offline when attempts keep failing", () => {
  expect(failedState(1, "No answer.", 10, true)).toEqual({
    kind: "reconnecting",
    reason: "No answer.",
    retryAt: 10,
  });
  expect(failedState(attemptsUntilOffline - 1, "No answer.", 10, true).kind).toBe("reconnecting");
  expect(failedState(attemptsUntilOffline, "No answer.", 10, true).kind).toBe("offline");
});

it("is offline at once, and says why, without a network", () => {
  expect(failedState(1, "No answer.", 10, false)).toEqual({
    kind: "offline",
    reason: "This computer has no network.",
    retryAt: 10,
  });
});
