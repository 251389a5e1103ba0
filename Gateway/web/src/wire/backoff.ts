const firstDelay = 500;
const longestDelay = 15_000;

/**
 * How long to wait before attempt n (0 is the first retry), milliseconds: doubling up to a ceiling, with the
 * upper half random, so that the clients of a restarted gateway do not all come back at one instant.
 */
export function backoffDelay(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(longestDelay, firstDelay * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling * (0.5 + 0.5 * random()));
}
