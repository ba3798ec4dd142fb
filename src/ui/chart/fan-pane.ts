import type { OutcomeFan } from '../../domain/live/outcome-fan.ts';
import { money } from '../../present/format.ts';
import type { Span } from '../../present/timeline/ranges.ts';
import type { Step } from '../../domain/units.ts';
import { band, line, shade, spreadIn } from './layers.ts';
import type { Pane, Pen } from './pane.ts';

interface FanOf {
  /** From the start of a replay to its end; what is after `now` is not drawn. */
  readonly equity: Float64Array;
  /** Steps from the start. */
  readonly now: Step;
  readonly fan: OutcomeFan | null;
  readonly summary: string;
  readonly take: (step: Step) => void;
}

/** Equity of a replay as far as it has come, over what its past led one to expect. */
export function fanPane({ equity, now, fan, summary, take }: FanOf): Pane {
  const bands = fan?.bands ?? [];
  const reach = (bands[0]?.length ?? 0) - 1;
  const [low, lower, middle, higher, high] = bands;
  const upTo = ([from, to]: Span, last: Step): Span => [from, Math.min(to, last)];
  const cut = (pen: Pen, last: Step): Pen => ({
    ...pen,
    span: upTo(pen.span, last),
    shown: upTo(pen.shown, last),
  });
  const spread = (span: Span, columns: readonly Float64Array[]) =>
    span[0] > span[1] ? null : spreadIn(span, ...columns);
  return {
    id: 'fan',
    title: 'Equity since the start',
    summary,
    height: 260,
    axis: 'money',
    extent: (span) => {
      const found = [spread(upTo(span, now), [equity]), spread(upTo(span, reach), bands)].filter(
        (one) => one !== null,
      );
      if (found.length === 0) return null;
      return [Math.min(...found.map(([low]) => low)), Math.max(...found.map(([, high]) => high))];
    },
    draw: (pen) => {
      const within = cut(pen, reach);
      if (low && lower && middle && higher && high && within.span[0] <= within.span[1]) {
        band(within, low, high, 'benchmark', 0.15);
        band(within, lower, higher, 'benchmark', 0.2);
        line(within, middle, { colour: 'benchmark', dash: [4, 3] });
      }
      shade(pen, [now, now], 'axis', 0.8);
      const past = cut(pen, now);
      if (past.span[0] > past.span[1]) return { drawn: 0, total: 0 };
      return line(past, equity, { colour: 'equity', width: 1.75 });
    },
    read: (step) => [
      {
        label: 'Equity',
        words: money(step <= now ? equity[step] : null),
        colour: 'equity',
      },
      ...(low && middle && high
        ? [
            { label: '5 %', words: money(low[step]) },
            { label: 'Median', words: money(middle[step]), colour: 'benchmark', dashed: true },
            { label: '95 %', words: money(high[step]) },
          ]
        : []),
    ],
    take,
  };
}
