import { sum } from 'd3-array';
import { underwaterOf, worstDrawdowns } from '../../domain/metrics/drawdown.ts';
import type { BesideLine } from '../../present/charts/equity.ts';
import { money, percent } from '../../present/format.ts';
import { dayPlaces, stepWord, timesOf } from '../../present/times.ts';
import type { MoneyScale } from '../../state/chart-view.svelte.ts';
import type { RunResult } from '../../wire/lab.ts';
import { area, line, rule, shade, spreadIn } from './layers.ts';
import type { Pane } from './pane.ts';

/** A pinned run's equity on the sessions of the run on screen. */
export interface PinnedLine extends BesideLine {
  readonly letter: string;
  readonly name: string;
}

type Money = Pick<RunResult, 'equity' | 'clock' | 'benchmark' | 'initialCash'>;

const shaded = 5;

/**
 * Equity against buy & hold and pinned runs: in money, by its logarithm, or as the change since the start. Each pinned
 * run begins where this one was then.
 */
export function equityPane(
  run: Money,
  scale: MoneyScale,
  compare: boolean,
  pinned: readonly PinnedLine[] = [],
): Pane {
  const {
    equity: { equity },
    benchmark,
    initialCash,
  } = run;
  const times = timesOf(run);
  const last = equity.length - 1;
  const [ours, held] = [equity[last] ?? 0, benchmark[last] ?? 0];
  const isPercent = scale === 'percent';
  const changed = (values: Float64Array): Float64Array =>
    isPercent ? values.map((value) => value / initialCash - 1) : values;
  const [own, other] = [changed(equity), changed(benchmark)];
  const words = isPercent ? percent : money;
  const pins = pinned.map((pin) => ({ ...pin, values: changed(pin.values) }));
  const columns = [own, ...(compare ? [other] : []), ...pins.map(({ values }) => values)];
  return {
    id: 'equity',
    title: 'Equity',
    summary:
      `From ${money(equity[0])} on ${stepWord(times, 0)} to ${money(equity[last])} on ${stepWord(times, last)}; ` +
      `buy & hold of all symbols ended at ${money(held)}${held > ours ? ': the strategy lost to that' : ''}.`,
    height: Math.round(Math.min(Math.max(innerHeight * 0.28, 180), 300)),
    axis: isPercent ? 'percent' : 'money',
    logarithmic: scale === 'log',
    extent: (span) => spreadIn(span, ...columns),
    draw: (pen) => {
      const drawn = pins.map(({ values, colour, dash }) =>
        line(pen, values, { colour, dash: dash.split(',').map(Number) }),
      );
      if (compare) drawn.push(line(pen, other, { colour: 'benchmark', dash: [4, 3] }));
      drawn.push(line(pen, own, { colour: 'equity', width: 1.75 }));
      return {
        drawn: sum(drawn, (one) => one.drawn),
        total: sum(drawn, (one) => one.total),
      };
    },
    read: (session) => [
      { label: 'Equity', words: words(own[session]), colour: 'equity' },
      ...(compare
        ? [
            {
              label: 'Buy & hold',
              words: words(other[session]),
              colour: 'benchmark',
              dashed: true,
            },
          ]
        : []),
      ...pins.flatMap(({ letter, name, values, colour }) =>
        Number.isFinite(values[session])
          ? [{ label: `${letter} ${name}`, words: words(values[session]), colour, dashed: true }]
          : [],
      ),
    ],
    saved: (charts, width, height) =>
      charts.equityChart(
        { day: dayPlaces(times), equity, benchmark, beside: pinned },
        width,
        height,
        {
          log: scale === 'log',
          compare,
        },
      ),
  };
}

/** Drawdown from the highest equity so far; the worst are shaded from their peak to their end. */
export function drawdownPane(run: Money): Pane {
  const {
    equity: { equity },
    initialCash,
  } = run;
  const times = timesOf(run);
  const under = underwaterOf(equity, initialCash);
  const worst = worstDrawdowns(equity, initialCash, shaded);
  const [deepest] = worst;
  return {
    id: 'drawdown',
    title: 'Drawdown',
    summary:
      deepest === undefined
        ? 'Equity never fell below its highest value.'
        : `Deepest on ${stepWord(times, deepest.trough)}: ${percent(deepest.depth)} from the highest equity before. ` +
          `The worst ${worst.length === 1 ? 'one is' : `${worst.length} are`} shaded.`,
    height: innerHeight < 900 ? 100 : 130,
    axis: 'percent',
    extent: (span) => {
      const [low] = spreadIn(span, under) ?? [0];
      return [low === 0 ? -0.01 : low, 0];
    },
    draw: (pen) => {
      for (const { peak, end } of worst) shade(pen, [Math.max(peak, 0), end], 'under', 0.12);
      area(pen, under, 0, 'under', 0.2);
      rule(pen, 0, { colour: 'axis', width: 1 });
      return line(pen, under, { colour: 'under' });
    },
    read: (session) => [{ label: 'Drawdown', words: percent(under[session]), colour: 'under' }],
    saved: (charts, width, height) =>
      charts.underwaterChart({ day: dayPlaces(times), equity, initialCash }, width, height),
  };
}
