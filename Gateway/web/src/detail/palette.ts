/** The chart's colours, read from the style sheet, so that light and dark are decided in one place. */
export interface Palette {
  readonly text: string;
  readonly grid: string;
  readonly zero: string;
  readonly price: string;
  readonly priceFill: string;
  readonly dayAhead: string;
  readonly energy: string;
  readonly congestion: string;
  readonly loss: string;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: colour("muted"),
    grid: colour("grid"),
    zero: colour("zero"),
    price: colour("accent"),
    priceFill: colour("accent-faint"),
    dayAhead: colour("day-ahead"),
    energy: colour("energy"),
    congestion: colour("congestion"),
    loss: colour("loss"),
  };
}
