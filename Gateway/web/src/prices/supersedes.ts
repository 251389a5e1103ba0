/** What orders two prices of one location and price type. */
export interface Version {
  /** Interval start, milliseconds since 1970, UTC. */
  readonly start: number;
  readonly revision: number;
}

/**
 * True when `next` may take the place of `shown`: a later interval, or the same interval at a later revision.
 * The rule that a price on the screen never goes backwards, whatever order a snapshot and pushes arrive in.
 */
export function supersedes(next: Version, shown: Version): boolean {
  return next.start !== shown.start ? next.start > shown.start : next.revision > shown.revision;
}
