import { shareOfEquity } from '../../domain/metrics/exposure.ts';
import { type Bars, candlesOf, heaviest } from '../../domain/thin.ts';
import type { Step } from '../../domain/units.ts';
import { count, counted, decimal, percent, price, ratio } from '../../present/format.ts';
import { type DayPlaces, type Times, dayPlaces, timesOf } from '../../present/times.ts';
import type { Span } from '../../present/timeline/ranges.ts';
import type { RunResult, SignalSeries, SymbolSeries } from '../../wire/lab.ts';
import { area, line, rule, spreadIn } from './layers.ts';
import { candles, entryMark, levels, trades as tradeMarks } from './marks.ts';
import type { Pane, Reading } from './pane.ts';
import { type PlacedTrade, byStep } from './symbol-trades.ts';

/** Pixels for a candle and its gap, and for the trades that may begin beside one another. */
const perCandle = 4;
const perTrade = 10;
/** Stops and targets of more trades than these are drawn of the chosen one alone. */
const mostLevels = 25;

export function barsOf(series: SymbolSeries, equity: RunResult['equity']): Bars {
  const of = (column: Float64Array): Float64Array => byStep(series, column, equity);
  return {
    open: of(series.open),
    high: of(series.high),
    low: of(series.low),
    close: of(series.close),
  };
}

/** Everything that the panes of a symbol draw, laid out by step. */
export interface SymbolCharts {
  readonly series: SymbolSeries;
  readonly bars: Bars;
  readonly placed: readonly PlacedTrade[];
  readonly run: Pick<RunResult, 'equity' | 'clock'>;
}

const between = (placed: readonly PlacedTrade[], [from, to]: Span): PlacedTrade[] =>
  placed.filter(({ entry, exit }) => exit >= from && entry <= to);

/** Candles, and trades from entry to exit with the stops and targets that they had. */
export function pricePane(
  { series, bars, placed, run }: SymbolCharts,
  chosen: number | null,
  take: (session: Step) => void,
): Pane {
  let said = '';
  const stopAt = (session: Step): number => {
    const open = placed.findLast(({ entry, exit }) => entry <= session && exit >= session);
    return open?.path[session - open.pathFrom] ?? NaN;
  };
  const long = placed.filter(({ side }) => side > 0).length;
  return {
    id: 'price',
    title: `Price, ${series.symbol}`,
    summary:
      `${counted(long, 'long')}, ${counted(placed.length - long, 'short')}: ▲ long entry, ▽ short entry, ✕ exit; ` +
      'solid where it won, dashed where it lost; hollow candles closed higher.',
    height: 280,
    axis: 'number',
    extent: (span) => {
      const of = placed.find(
        ({ trade, entry, exit }) => trade === chosen && exit >= span[0] && entry <= span[1],
      );
      const [low, high] = spreadIn(span, bars.low, bars.high) ?? [NaN, NaN];
      const beside = of === undefined ? [] : [of.stop, of.target].filter(Number.isFinite);
      return Number.isNaN(low) ? null : [Math.min(low, ...beside), Math.max(high, ...beside)];
    },
    draw: (pen) => {
      const made = candlesOf(bars, ...pen.shown, pen.columns / perCandle);
      candles(pen, made);
      const shown = between(placed, pen.shown);
      const kept = new Set(
        heaviest(
          shown.map(({ entry }) => entry),
          shown.map(({ net }) => net),
          ...pen.shown,
          pen.columns / perTrade,
        ),
      );
      const drawn = shown.filter(({ trade }, i) => kept.has(i) || trade === chosen);
      for (const trade of drawn)
        if (trade.trade === chosen || drawn.length <= mostLevels) levels(pen, trade);
      tradeMarks(pen, drawn, chosen);
      said = `${barWords(made.open.length, made.bars, made.each)} ${tradeWords(drawn.length, shown.length)}`;
      return { drawn: made.open.length, total: made.bars };
    },
    extentWords: () => said,
    read: (session) => [
      { label: 'Open', words: price(bars.open[session]) },
      { label: 'High', words: price(bars.high[session]) },
      { label: 'Low', words: price(bars.low[session]) },
      { label: 'Close', words: price(bars.close[session]) },
      { label: 'Stop', words: price(stopAt(session)), colour: 'chart-down', dashed: true },
    ],
    take,
    saved: (charts, width, height) =>
      charts.priceChart(
        onDays(series, run),
        ...signalsOn(dayPlaces(timesOf(run)), placed),
        width,
        height,
      ),
  };
}

const barWords = (drawn: number, bars: number, each: number): string =>
  each === 1
    ? `All ${counted(bars, 'bar')} are drawn.`
    : `${count(drawn)} candles of up to ${each} bars each stand for ${count(bars)} bars.`;

const tradeWords = (drawn: number, shown: number): string =>
  drawn === shown
    ? `All ${counted(shown, 'trade')} are drawn.`
    : `${count(drawn)} of ${count(shown)} trades are drawn: where they crowd, the one that won or lost most.`;

/** A series where its bars stand on an axis of days. */
function onDays<Series extends SignalSeries>(
  series: Series,
  run: SymbolCharts['run'],
): Omit<Series, 'day'> & { readonly day: DayPlaces } {
  const { at } = timesOf(run);
  const { day, known } = series;
  const times: Times = { day, ...(at && known && { at: { known, zone: at.zone } }) };
  return { ...series, day: dayPlaces(times) };
}

/** Signals that became trades, and the span of the run, on an axis of days. */
const signalsOn = (places: DayPlaces, placed: readonly PlacedTrade[]) =>
  [
    placed.map(({ signal, side }) => ({ day: places[signal]!, side })),
    [places[0] ?? 0, places.at(-1) ?? 0],
  ] as const;

const strokes = [
  { colour: 'chart-part', dash: [2, 2] },
  { colour: 'chart-part', dash: [6, 2] },
  { colour: 'chart-part', dash: [8, 2, 2, 2] },
];

/** The number that the strategy looks at, its threshold, its parts, and the signals that became trades. */
export function scorePane(
  { series, placed, run }: SymbolCharts,
  components: boolean,
  cut: SignalSeries | null,
): Pane {
  const { label, threshold } = series;
  const { equity } = run;
  const value = byStep(series, series.value, equity);
  const all = series.parts.map((part) => ({ ...part, value: byStep(series, part.value, equity) }));
  const terms = components ? all.filter(({ weight }) => weight !== undefined) : [];
  const apart = cut === null ? null : byStep(cut, cut.value, equity);
  const long = placed.filter(({ side }) => side > 0).length;
  const counts = `${long} long and ${counted(placed.length - long, 'short entry', 'short entries')}`;
  return {
    id: 'score',
    title: `${label}, ${series.symbol}`,
    summary:
      threshold === null
        ? `${counts}.`
        : `The threshold is ${decimal(threshold)}, the dashed line; ${counts}.`,
    height: 180,
    axis: 'number',
    extent: (span) => {
      const found = spreadIn(
        span,
        value,
        ...terms.map((one) => one.value),
        ...(apart ? [apart] : []),
      );
      if (found === null || threshold === null) return found;
      return [Math.min(found[0], threshold), Math.max(found[1], threshold)];
    },
    draw: (pen) => {
      if (threshold !== null)
        rule(pen, threshold, { colour: 'threshold', width: 1.5, dash: [6, 3] });
      const others = [
        ...terms.map((one, i) =>
          line(pen, one.value, { ...strokes[i % strokes.length]!, width: 1 }),
        ),
        ...(apart ? [line(pen, apart, { colour: 'under', dash: [3, 2] })] : []),
      ];
      const own = line(pen, value, { colour: 'signal' });
      for (const { signal, side } of between(placed, pen.shown))
        if (Number.isFinite(value[signal])) entryMark(pen, signal, value[signal]!, side, 4);
      return others.reduce(
        (sum, one) => ({ drawn: sum.drawn + one.drawn, total: sum.total + one.total }),
        own,
      );
    },
    read: (session): Reading[] => [
      { label, words: ratio(value[session]), colour: 'signal' },
      ...all.map(({ label, unit, value }) => ({
        label,
        words: unit === 'percent' ? percent(value[session]) : ratio(value[session]),
      })),
    ],
    saved: (charts, width, height) =>
      charts.signalChart(
        onDays(series, run),
        ...signalsOn(dayPlaces(timesOf(run)), placed),
        width,
        height,
        cut === null ? undefined : onDays(cut, run),
      ),
  };
}

/** What is held, as shares of equity: all of it, and longs less shorts; NaN where nothing is left. */
export function exposureOf({ equity, gross, net }: RunResult['equity']) {
  return [
    { value: shareOfEquity(equity, gross), colour: 'equity', area: true },
    { value: shareOfEquity(equity, net), colour: 'equity' },
  ] as const;
}

export function exposurePane(run: Pick<RunResult, 'equity' | 'clock'>): Pane {
  const { equity } = run;
  const { positions } = equity;
  const exposure = exposureOf(equity);
  const [all, side] = exposure.map(({ value }) => value) as [Float64Array, Float64Array];
  return {
    id: 'exposure',
    title: 'Exposure',
    summary: 'Of all symbols, as shares of equity: the area is gross, the line longs less shorts.',
    height: 110,
    axis: 'percent',
    extent: (span) => {
      const [low, high] = spreadIn(span, all, side) ?? [0, 0];
      return [Math.min(low, 0), Math.max(high, 0.001)];
    },
    draw: (pen) => {
      area(pen, all, 0, 'equity', 0.18);
      rule(pen, 0, { colour: 'axis', width: 1 });
      return line(pen, side, { colour: 'equity' });
    },
    read: (session) => [
      { label: 'Gross', words: percent(all[session]) },
      { label: 'Net', words: percent(side[session]), colour: 'equity' },
      { label: 'Positions', words: count(positions[session]) },
    ],
    saved: (charts, width, height) =>
      charts.overTimeChart(dayPlaces(timesOf(run)), exposure, 'percent', width, height),
  };
}
