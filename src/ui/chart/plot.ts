import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { ChartView } from '../../state/chart-view.svelte.ts';
import { timeTicks } from '../../present/timeline/time-ticks.ts';
import { type AxisKind, valueTicks } from '../../present/ticks.ts';
import type { Span } from '../../present/timeline/ranges.ts';
import type { Colours } from './colours.ts';
import { sessionsOf } from './layers.ts';
import type { Drawn, Pane, Pen } from './pane.ts';

/** Pixels that each pane leaves for the words of its values, so that all line up. */
export const gutter = 64;
const aside = 12;

interface PlotOf {
  readonly host: HTMLElement;
  readonly width: number;
  readonly view: ChartView;
  /** Whether the dates stand below it. */
  readonly dated: boolean;
  readonly height: number;
  readonly axis: AxisKind;
  readonly logarithmic: boolean;
  readonly colours: Colours;
  readonly pane: () => Pane;
  readonly drawn: (drawn: Drawn) => void;
}

/** Puts a pane on the page: uPlot has its scales, axes, crosshair and drag; its layers draw what is in it. */
export function plotOf(given: PlotOf): uPlot {
  const { host, width, height, axis, logarithmic, view, dated, colours, pane, drawn } = given;
  const { times, end } = view;
  const sessions = sessionsOf(times.day.length);
  const [low, high] = pane().extent(view.shown) ?? [0, 1];
  const isLog = logarithmic && low > 0;
  const ticksUp = Math.max(Math.floor(height / 45), 2);
  const font = `12px ${colours.font}`;
  const line = { stroke: () => colours.of('line'), width: 1 };
  let words: readonly string[] = [];
  let dates: readonly string[] = [];

  const options: uPlot.Options = {
    width,
    height,
    ms: 1,
    legend: { show: false },
    padding: [8, aside, dated ? 0 : 6, 0],
    scales: {
      x: { time: false, range: (_, from, to) => [from, to] },
      y: {
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- its enum is in declarations alone
        distr: isLog ? 3 : 1,
        range: () => padded(pane().extent(view.shown) ?? [low, high], isLog, axis === 'percent'),
      },
    },
    series: [{}, { paths: () => null, points: { show: false } }],
    axes: [
      {
        font,
        stroke: () => colours.of('muted'),
        grid: line,
        ticks: { ...line, size: 4, show: dated },
        size: dated ? 28 : 0,
        splits: ({ width }) => {
          const ticks = timeTicks(times, view.shown, Math.max(Math.floor(width / 90), 2));
          dates = ticks.words;
          return [...ticks.sessions];
        },
        values: () => (dated ? [...dates] : dates.map(() => null)),
      },
      {
        font,
        stroke: () => colours.of('muted'),
        grid: line,
        ticks: { show: false },
        size: gutter,
        splits: (_, __, from, to) => {
          const ticks = valueTicks(from, to, ticksUp, axis, isLog);
          words = ticks.words;
          return [...ticks.values];
        },
        values: () => [...words],
        filter: (_, splits) => splits,
      },
    ],
    cursor: {
      y: false,
      points: { show: false },
      bind: { dblclick: () => null }, // It would show all sessions without the view's knowledge.
      // What is a drag the pane says itself: uPlot takes a crosshair that is set between press and click for one.
      drag: { x: true, y: false, setScale: false, dist: 5, click: () => undefined },
    },
    hooks: {
      setCursor: [
        (plot) => {
          const { idx, left } = plot.cursor;
          view.at = left === undefined || left < 0 ? null : (idx ?? null);
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 5) return;
          const [from, to] = [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')];
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          view.show([Math.max(from, 0), Math.min(to, end)]);
        },
      ],
      draw: [
        (plot) => {
          const { ctx: context, bbox: box } = plot;
          const [from, to] = view.shown;
          const pen: Pen = {
            context,
            box,
            shown: [from, to],
            span: [Math.max(from - 1, 0), Math.min(to + 1, end)],
            scale: uPlot.pxRatio,
            columns: Math.max(Math.floor(box.width / uPlot.pxRatio), 1),
            x: (session) => plot.valToPos(session, 'x', true),
            y: (value) => plot.valToPos(value, 'y', true),
            colour: colours.of,
          };
          context.save();
          context.beginPath();
          context.rect(box.left, box.top, box.width, box.height);
          context.clip();
          drawn(pane().draw(pen));
          context.restore();
        },
      ],
    },
  };
  const plot = new uPlot(options, [sessions, new Float64Array(sessions.length)], host);
  return plot;
}

/** Half a session at each end, so that the first bar and the last are whole. */
export const shownSpan = (span: Span): { min: number; max: number } => ({
  min: span[0] - 0.5,
  max: span[1] + 0.5,
});

/** Some room above and below; drawdowns and shares keep their zero at the edge. */
function padded(
  [low, high]: readonly [number, number],
  logarithmic: boolean,
  keepsZero: boolean,
): [number, number] {
  const { domain } = valueTicks(low, high, 2, 'number');
  if (logarithmic && low > 0) {
    const part = Math.sqrt(Math.sqrt(Math.sqrt(Math.sqrt(domain[1] / domain[0]))));
    return [domain[0] / part, domain[1] * part];
  }
  const room = (domain[1] - domain[0]) * 0.06;
  return [
    keepsZero && low === 0 ? 0 : domain[0] - room,
    keepsZero && high === 0 ? 0 : domain[1] + room,
  ];
}
