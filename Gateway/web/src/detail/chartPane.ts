import { element, setText } from "../dom/element.ts";
import { formatDay, marketTime } from "../format/time.ts";
import { Legend, type LegendEntry } from "./legend.ts";
import { readPalette } from "./palette.ts";
import type { PricePoint, PriceSeries } from "./priceSeries.ts";
import { StepChart } from "./stepChart.ts";
import { stepsOf } from "./steps.ts";

export interface ChartSubject {
  readonly zone: string;
  readonly label: string;
  readonly prices: PriceSeries;
  /** The day-ahead prices to lay over them; null when they are themselves day-ahead. */
  readonly dayAhead: PriceSeries | null;
  readonly range: () => readonly [start: number, end: number];
}

type Kind = "prices" | "components";

const shortestView = 3_600_000;
const heights: Readonly<Record<Kind, number>> = { prices: 230, components: 150 };

/** The price over time with the day-ahead price over it, and below, when the market publishes them, its components. */
export class ChartPane {
  readonly element = element("div", "charts");
  readonly #note = element("p", "chart-note", { role: "status" });
  readonly #panes: Record<Kind, { box: HTMLElement; plot: HTMLElement; legend: Legend }>;
  #charts: Partial<Record<Kind, StepChart>> = {};
  /** Which lines the charts were made with. */
  #drawn = "";
  #hasOverlay = false;
  #firstStart = Number.POSITIVE_INFINITY;
  #subject: ChartSubject | null = null;
  #moment: number | null = null;

  constructor() {
    this.#panes = { prices: pane("Price, $/MWh"), components: pane("Components, $/MWh") };
    this.element.append(this.#note, this.#panes.prices.box, this.#panes.components.box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.#clear();
      this.paint();
    });
  }

  /** Changes what is drawn. */
  show(subject: ChartSubject): void {
    this.#clear();
    this.#subject = subject;
    this.#moment = null;
    this.paint();
  }

  /** What is the matter with the data, in words; empty when nothing is. */
  showNote(words: string, ...more: Node[]): void {
    setText(this.#note, words);
    this.#note.append(...more);
    this.#note.hidden = words === "";
  }

  /** Draws what the series hold now; true when there was something to draw. */
  paint(): boolean {
    const subject = this.#subject;
    if (subject === null) return false;
    const [start, end] = subject.range();
    const points = subject.prices.window(start, end);
    const overlay = subject.dayAhead?.window(start, end) ?? [];
    const hasComponents = points.some((p) => p.energy !== null || p.congestion !== null || p.loss !== null);
    const isEmpty = points.length === 0 && overlay.length === 0;

    this.#hasOverlay = overlay.length > 0;
    this.#firstStart = points[0]?.start ?? start;

    // Lines come and go with what the market publishes; then the charts are made anew.
    const shape = `${isEmpty} ${this.#hasOverlay} ${hasComponents}`;
    if (shape !== this.#drawn) this.#clear();
    this.#drawn = shape;
    this.#panes.prices.box.hidden = isEmpty;
    this.#panes.components.box.hidden = !hasComponents;
    if (isEmpty) return false;

    this.#draw("prices", points, overlay);
    if (hasComponents) this.#draw("components", points, []);
    this.#showLegends();
    return true;
  }

  #draw(kind: Kind, points: PricePoint[], overlay: PricePoint[]): void {
    const subject = this.#subject;
    if (subject === null) return;
    const palette = readPalette();
    const lines =
      kind === "prices"
        ? [
            {
              label: subject.label,
              colour: palette.price,
              fill: palette.priceFill,
              width: 1.75,
              points,
              value: (p: PricePoint) => p.price,
            },
            {
              label: "Day-ahead",
              colour: palette.dayAhead,
              dash: [6, 4],
              width: 1.5,
              points: overlay,
              value: (p: PricePoint) => p.price,
            },
          ].slice(0, overlay.length > 0 ? 2 : 1)
        : (["energy", "congestion", "loss"] as const).map((name) => ({
            label: name,
            colour: palette[name],
            width: 1.25,
            points,
            value: (p: PricePoint) => p[name],
          }));
    const data = stepsOf(lines);
    const chart = this.#charts[kind];
    if (chart !== undefined) {
      chart.show(data);
      return;
    }
    this.#charts[kind] = new StepChart(
      this.#panes[kind].plot,
      {
        zone: subject.zone,
        lines,
        palette,
        height: heights[kind],
        range: () => this.#view(subject),
        onCursor: (moment) => {
          this.#moment = moment;
          this.#showLegends();
        },
      },
      data,
    );
  }

  /** The times drawn: all that is known of the range, so that a young history is not a speck at the edge. */
  #view(subject: ChartSubject): readonly [number, number] {
    const [start, end] = subject.range();
    return [Math.max(start, Math.min(this.#firstStart, end - shortestView)), end];
  }

  #showLegends(): void {
    const subject = this.#subject;
    if (subject === null) return;
    const [start, end] = subject.range();
    const newest = subject.prices.window(start, end).at(-1) ?? null;
    const point = this.#moment === null ? newest : subject.prices.at(this.#moment);
    const moment = this.#moment ?? newest?.start ?? null;
    const overlay = moment === null ? null : (subject.dayAhead?.at(moment) ?? null);
    const words = moment === null ? "" : momentWords(subject.zone, point?.start ?? moment);
    const entries: LegendEntry[] = [
      { label: subject.label, colour: "accent", value: point?.price ?? null },
      ...(this.#hasOverlay
        ? [{ label: "Day-ahead", colour: "day-ahead", value: overlay?.price ?? null }]
        : []),
    ];
    this.#panes.prices.legend.show(words, entries);
    this.#panes.components.legend.show(words, [
      { label: "Energy", colour: "energy", value: point?.energy ?? null },
      { label: "Congestion", colour: "congestion", value: point?.congestion ?? null },
      { label: "Loss", colour: "loss", value: point?.loss ?? null },
    ]);
  }

  #clear(): void {
    for (const chart of Object.values(this.#charts)) chart.remove();
    this.#charts = {};
    this.#drawn = "";
  }
}

function momentWords(zone: string, moment: number): string {
  const time = marketTime(zone, moment - (moment % 60_000));
  return `${formatDay(time.day)} ${time.time} ${time.abbreviation}`;
}

function pane(title: string) {
  const legend = new Legend();
  const plot = element("div", "plot", { role: "img", "aria-label": title });
  const box = element(
    "section",
    "chart",
    { hidden: "" },
    element("h3", "chart-title", {}, title),
    legend.element,
    plot,
  );
  return { box, plot, legend };
}
