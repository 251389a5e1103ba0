const minus = "\u2212";
const nothing = "—";
const money = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

type Maybe = number | null | undefined;

/** A price, $/MWh, to the cent, with a real minus sign; a dash when it is not known. */
export function formatPrice(value: Maybe): string {
  if (value == null) return nothing;
  const cents = toCents(value);
  return cents < 0 ? minus + money.format(-cents) : money.format(cents);
}

/** A change, $/MWh, with its sign written even when it is up; "0.00" when it rounds to nothing. */
export function formatChange(value: Maybe): string {
  if (value == null) return nothing;
  return toCents(value) > 0 ? `+${formatPrice(value)}` : formatPrice(value);
}

/** Which way a change goes at the precision it is shown with. */
export function directionOf(value: Maybe): -1 | 0 | 1 {
  return value == null ? 0 : (Math.sign(toCents(value)) as -1 | 0 | 1);
}

/** A count or a power, in whole units. */
export function formatWhole(value: Maybe): string {
  return value == null ? nothing : whole.format(value);
}

/** Percent to one decimal. */
export function formatPercent(value: Maybe): string {
  return value == null ? nothing : `${value.toFixed(1)} %`;
}

/** Rounds to the cent; never a negative zero, which would be written with a minus. */
function toCents(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}
