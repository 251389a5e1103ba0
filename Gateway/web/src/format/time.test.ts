import { describe, expect, it } from "vitest";
import { formatDay, marketTime, utcInterval, utcMoment } from "./time.ts";

const at = (text: string) => Date.parse(text);

describe("marketTime", () => {
  it.each([
    ["PJM", "2026-11-22T17:25:00Z", "2026-11-22", "12:25", "EST"],
    ["PJM", "2026-07-01T03:00:00Z", "2026-06-30", "23:00", "EDT"],
    ["CAISO", "2026-11-23T08:00:00Z", "2026-11-23", "00:00", "PST"],
    ["ERCOT", "2026-11-22T17:25:00Z", "2026-11-22", "11:25", "CST"],
    ["MISO", "2026-07-01T17:25:00Z", "2026-07-01", "12:25", "EST"],
    ["NEW", "2026-07-01T17:25:00Z", "2026-07-01", "17:25", "UTC"],
  ])("reads %s at %s", (zone, moment, day, time, abbreviation) => {
    expect(marketTime(zone, at(moment))).toEqual({ day, time, abbreviation });
  });

  it("tells the two hours of a fall day apart", () => {
    expect(marketTime("PJM", at("2026-11-01T05:30:00Z"))).toMatchObject({
      time: "01:30",
      abbreviation: "EDT",
    });
    expect(marketTime("PJM", at("2026-11-01T06:30:00Z"))).toMatchObject({
      time: "01:30",
      abbreviation: "EST",
    });
  });

  it("skips the hour a spring day has not", () => {
    expect(marketTime("ERCOT", at("2026-03-08T07:55:00Z")).time).toBe("01:55");
    expect(marketTime("ERCOT", at("2026-03-08T08:00:00Z")).time).toBe("03:00");
  });
});

it("writes UTC intervals and moments", () => {
  expect(utcInterval(at("2026-11-22T23:55:00Z"), 5)).toBe("2026-11-22 23:55–00:00 UTC");
  expect(utcInterval(at("2026-11-22T23:55:00Z"), null)).toBe("2026-11-22 23:55 UTC");
  expect(utcMoment(at("2026-11-22T17:26:31.9Z"))).toBe("2026-11-22 17:26:31 UTC");
  expect(formatDay("2026-11-22")).toBe("Nov 22");
});
