import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { marketTime } from "../format/time.ts";
import { timeZoneOf } from "../format/zone.ts";
import type { Palette } from "./palette.ts";
import type { Steps } from "./steps.ts";

export interface StepLine {
  readonly label: string;
  readonly colour: string;
  readonly fill?: string;
  readonly width: number;
  readonly dash?: number[];
}

export interface StepChartOptions {
  readonly zone: string;
  readonly lines: readonly StepLine[];
  readonly palette: Palette;
  readonly height: number;
  /** The times shown, milliseconds since 1970; asked at each drawing, for the window moves with the prices. */
  readonly range: () => readonly [start: number, end: number];
  /** Called with the moment under the pointer, or null when it leaves. */
  readonly onCursor: (moment: number | null) => void;
}

const font = "11px system-ui, sans-serif";

/** One chart of stepped lines over the market's own clock. Charts on a page share their cursor. */
export class StepChart {
  readonly #chart: uPlot;
  readonly #resize: ResizeObserver;

  constructor(container: HTMLElement, options: StepChartOptions, data: Steps) {
    const { palette, zone, height, range } = options;
    const axis = {
      stroke: palette.text,
      font,
      ticks: { show: false },
      grid: { stroke: palette.grid, width: 1 },
    };
    this.#chart = new uPlot(
      {
        width: Math.max(container.clientWidth, 120),
        height,
        legend: { show: false },
        padding: [8, 18, 0, 0],
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timeZoneOf(zone)),
        cursor: {
          sync: { key: "prices" },
          y: false,
          drag: { x: false, y: false },
          points: { size: 6 },
          dataIdx: nearestBefore,
        },
        scales: {
          x: { time: true, range: () => range().map((ms) => ms / 1000) as [number, number] },
          y: { range: (_, low, high) => paddedRange(low, high) },
        },
        axes: [
          {
            ...axis,
            size: 26,
            space: 64,
            values: (_, moments) => moments.map((seconds) => marketTime(zone, seconds * 1000).time),
          },
          { ...axis, size: 52, space: 28 },
        ],
        series: [{}, ...options.lines.map(seriesOf)],
        hooks: {
          drawAxes: [(chart) => drawZero(chart, palette.zero)],
          setCursor: [(chart) => options.onCursor(momentUnder(chart))],
        },
      },
      data as uPlot.AlignedData,
      container,
    );
    this.#resize = new ResizeObserver(() =>
      this.#chart.setSize({ width: Math.max(container.clientWidth, 120), height }),
    );
    this.#resize.observe(container);
  }

  show(data: Steps): void {
    this.#chart.setData(data as uPlot.AlignedData);
  }

  remove(): void {
    this.#resize.disconnect();
    this.#chart.destroy();
  }
}

function seriesOf(line: StepLine): uPlot.Series {
  const paths = uPlot.paths.stepped?.({ align: 1 });
  return {
    label: line.label,
    stroke: line.colour,
    width: line.width,
    points: { show: false },
    ...(line.fill === undefined ? {} : { fill: line.fill }),
    ...(line.dash === undefined ? {} : { dash: line.dash }),
    ...(paths === undefined ? {} : { paths }),
  };
}

/** The last change of a line at or before the pointer: the step the pointer stands on. */
function nearestBefore(chart: uPlot, series: number, closest: number, x: number): number {
  const [xs, values] = [chart.data[0], chart.data[series]];
  let index = (xs[closest] ?? 0) > x ? closest - 1 : closest;
  while (index > 0 && values?.[index] === undefined) index--;
  return Math.max(0, index);
}

function momentUnder(chart: uPlot): number | null {
  const left = chart.cursor.left ?? -1;
  return left < 0 ? null : chart.posToVal(left, "x") * 1000;
}

/** A little air above and below; a flat line keeps a scale of a dollar around it. */
function paddedRange(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1];
  const air = Math.max((high - low) * 0.08, 0.5);
  return [low - air, high + air];
}

function drawZero(chart: uPlot, colour: string): void {
  const { min, max } = chart.scales.y ?? {};
  if (min == null || max == null || min >= 0 || max <= 0) return;
  const y = Math.round(chart.valToPos(0, "y", true)) + 0.5;
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
