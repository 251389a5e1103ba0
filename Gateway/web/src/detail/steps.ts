import type { PricePoint } from "./priceSeries.ts";

/** A line to draw: which points, and which of their numbers. */
export interface Line {
  readonly points: readonly PricePoint[];
  readonly value: (point: PricePoint) => number | null;
}

/** Shared times (seconds since 1970) and each line's values at them, in uPlot's form. */
export type Steps = [xs: number[], ...lines: (number | null | undefined)[][]];

/**
 * Lays lines of different intervals over one axis of time, as steps: a price holds from the start of its
 * interval to its end. Undefined means "nothing new at this time", null means "a gap from here on"; where an
 * interval is missing the line stops at the end of the one before and does not guess.
 */
export function stepsOf(lines: readonly Line[]): Steps {
  const marks = lines.map(marksOf);
  const xs = [...new Set(marks.flatMap((line) => [...line.keys()]))].sort((a, b) => a - b);
  return [xs, ...marks.map((line) => xs.map((x) => line.get(x)))];
}

/** The times at which one line changes. A step's last value stands a second before the gap that follows it. */
function marksOf({ points, value }: Line): Map<number, number | null> {
  const marks = new Map<number, number | null>();
  for (const [index, point] of points.entries()) {
    const number = value(point);
    marks.set(point.start / 1000, number);
    const next = points[index + 1];
    if (next !== undefined && next.start <= point.end) continue;
    marks.set(point.end / 1000 - 1, number);
    marks.set(point.end / 1000, null);
  }
  return marks;
}
