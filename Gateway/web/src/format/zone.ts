/** The time zones in which the markets name their intervals; MISO keeps Eastern Standard Time all year. */
const timeZones: Readonly<Record<string, string>> = {
  PJM: "America/New_York",
  CAISO: "America/Los_Angeles",
  ERCOT: "America/Chicago",
  NYISO: "America/New_York",
  ISONE: "America/New_York",
  MISO: "Etc/GMT+5",
  SPP: "America/Chicago",
};

const order = Object.keys(timeZones);

/** The IANA time zone of a market; UTC for one this screen does not know. */
export function timeZoneOf(zone: string): string {
  return timeZones[zone] ?? "UTC";
}

/** Where a zone stands among the others; unknown zones come last. */
export function zoneOrder(zone: string): number {
  const index = order.indexOf(zone);
  return index < 0 ? order.length : index;
}
