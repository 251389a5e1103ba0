/** What the connection to the gateway is doing. */
export type FeedState =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  | { readonly kind: "reconnecting"; readonly reason: string; readonly retryAt: number }
  | { readonly kind: "offline"; readonly reason: string; readonly retryAt: number };

/** Attempts that fail in a row before the screen says offline instead of reconnecting. */
export const attemptsUntilOffline = 6;

/** The state after the given number of failed attempts in a row. */
export function failedState(
  failures: number,
  reason: string,
  retryAt: number,
  networkUp: boolean,
): FeedState {
  const kind = !networkUp || failures >= attemptsUntilOffline ? "offline" : "reconnecting";
  return { kind, reason: networkUp ? reason : "This computer has no network.", retryAt };
}
