const labels: Readonly<Record<string, string>> = {
  REAL_TIME_5_MIN: "RT 5 min",
  REAL_TIME_15_MIN: "RT 15 min",
  REAL_TIME_HOURLY: "RT hourly",
  DAY_AHEAD_HOURLY: "DA hourly",
};

const longLabels: Readonly<Record<string, string>> = {
  REAL_TIME_5_MIN: "Real-time, 5 minutes",
  REAL_TIME_15_MIN: "Real-time, 15 minutes",
  REAL_TIME_HOURLY: "Real-time, hourly",
  DAY_AHEAD_HOURLY: "Day-ahead, hourly",
};

export const dayAhead = "DAY_AHEAD_HOURLY";

export const priceTypes: readonly string[] = Object.keys(labels);

export function priceTypeLabel(type: string): string {
  return labels[type] ?? type;
}

export function priceTypeLongLabel(type: string): string {
  return longLabels[type] ?? type;
}

/** Where a series stands among the others, the fastest first. */
export function priceTypeOrder(type: string): number {
  const index = priceTypes.indexOf(type);
  return index < 0 ? priceTypes.length : index;
}

export function isRealTime(type: string): boolean {
  return type.startsWith("REAL_TIME");
}
