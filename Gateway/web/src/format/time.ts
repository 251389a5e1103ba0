import { timeZoneOf } from "./zone.ts";

/** An interval start as its market would say it. */
export interface MarketTime {
  /** The market's day, such as 2026-11-22. */
  readonly day: string;
  /** Hour and minute of the interval's start, 24 hours. */
  readonly time: string;
  /** Standard or daylight time, such as EST; tells the two hours of a fall day apart. */
  readonly abbreviation: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const remembered = new Map<string, MarketTime>();
const monthDay = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric", timeZone: "UTC" });

/** The market-local reading of a moment. Few moments are on the screen at once, so each is worked out once. */
export function marketTime(zone: string, milliseconds: number): MarketTime {
  const key = `${zone} ${milliseconds}`;
  let time = remembered.get(key);
  if (time === undefined) {
    if (remembered.size > 4000) remembered.clear();
    time = read(timeZoneOf(zone), milliseconds);
    remembered.set(key, time);
  }
  return time;
}

/** A market day as people write it, such as "Nov 22". */
export function formatDay(day: string): string {
  return monthDay.format(Date.parse(`${day}T00:00:00Z`));
}

/** An interval in UTC, such as "2026-11-22 17:25–17:30 UTC". */
export function utcInterval(start: number, minutes: number | null | undefined): string {
  const from = new Date(start).toISOString();
  const day = from.slice(0, 10);
  if (!minutes) return `${day} ${from.slice(11, 16)} UTC`;
  const to = new Date(start + minutes * 60_000).toISOString();
  return `${day} ${from.slice(11, 16)}–${to.slice(11, 16)} UTC`;
}

/** A moment in UTC to the second. */
export function utcMoment(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

function read(timeZone: string, milliseconds: number): MarketTime {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(milliseconds)
      .map((p) => [p.type, p.value]),
  );
  const name = parts.get("timeZoneName") ?? "";
  return {
    day: `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`,
    time: `${parts.get("hour")}:${parts.get("minute")}`,
    abbreviation: timeZone === "Etc/GMT+5" ? "EST" : name,
  };
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      timeZoneName: "short",
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
