import { isoFromDay } from '../../../src/domain/calendar.ts';
import { type ExchangeCode, exchangeOf } from '../../../src/domain/exchanges/exchanges.ts';
import { sessions } from '../../../src/domain/exchanges/sessions.ts';
import { zoneOf } from '../../../src/domain/time/zones.ts';
import type { Day, Instant } from '../../../src/domain/units.ts';

/** How a test writes the stamp of a bar: its instant, and what clocks at the exchange show, as if it were of UTC. */
export type Written = (instant: Instant, clock: number) => string;

/** 34,200 seconds after midnight on a day → '2024-01-02 09:30:00'. */
const clockText = (clock: number): string =>
  new Date(clock * 1000).toISOString().slice(0, 19).replace('T', ' ');

export const written = {
  local: (_, clock) => clockText(clock),
  offset: (instant, clock) => {
    const east = clock - instant;
    const hours = Math.abs(east) / 3600;
    const minutes = String((Math.abs(east) / 60) % 60).padStart(2, '0');
    return `${clockText(clock).replace(' ', 'T')}${east < 0 ? '-' : '+'}${String(Math.floor(hours)).padStart(2, '0')}:${minutes}`;
  },
  utc: (instant) => `${clockText(instant)}Z`,
  seconds: (instant) => String(instant),
  milliseconds: (instant) => `${instant}000`,
  histData: (_, clock) => clockText(clock).replaceAll('-', '').replaceAll(':', ''),
  german: (_, clock) => {
    const [date, time] = clockText(clock).split(' ') as [string, string];
    return `${date.split('-').reverse().join('.')} ${time.slice(0, 5)}`;
  },
  american: (_, clock) => {
    const [, year, month, day, hour, minute] = /(\d+)-(\d+)-(\d+) (\d+):(\d+)/.exec(
      clockText(clock),
    )!;
    const h = Number(hour);
    return `${month}/${day}/${year} ${h % 12 === 0 ? 12 : h % 12}:${minute} ${h < 12 ? 'AM' : 'PM'}`;
  },
} satisfies Record<string, Written>;

/** Made-up bars of a length through sessions of an exchange, its breaks left out; the same every time. */
export function syntheticBars(
  exchange: ExchangeCode,
  from: Day,
  to: Day,
  length: number,
): {
  readonly opens: Instant;
  readonly known: Instant;
  readonly day: Day;
  readonly clock: number;
  readonly cells: string;
}[] {
  const zone = zoneOf(exchangeOf(exchange).zone);
  let close = 100;
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 4_294_967_296;
  };
  return sessions(exchange, from, to).flatMap(({ day, open, close: end, breakStart, breakEnd }) => {
    const parts =
      breakStart === null
        ? [[open, end]]
        : [
            [open, breakStart],
            [breakEnd!, end],
          ];
    return parts.flatMap(([begin, until]) =>
      Array.from({ length: Math.ceil((until! - begin!) / length) }, (_, i) => {
        const opens = begin! + i * length;
        const first = i === 0 ? close + 0.37 : close;
        close = Math.round(close * (99.5 + random())) / 100;
        const [high, low] = [Math.max(first, close) + 0.01, Math.min(first, close) - 0.01];
        const prices = [first, high, low, close].map((price) => price.toFixed(2)).join(',');
        const clock = opens + zone.offsetAt(opens);
        const known = Math.min(opens + length, until!);
        return { opens, known, day, clock, cells: `${prices},${Math.ceil(1000 * random())}` };
      }),
    );
  });
}

/** Their file. */
export const fileOfBars = (bars: ReturnType<typeof syntheticBars>, write: Written): string =>
  [
    'date,open,high,low,close,volume',
    ...bars.map(({ opens, clock, cells }) => `${write(opens, clock)},${cells}`),
    '',
  ].join('\n');

export const days = (first: string, last: string): [Day, Day] => [
  Date.parse(first) / 86_400_000,
  Date.parse(last) / 86_400_000,
];

/** '2024-01-02 2024-01-02T14:30Z 2024-01-02T14:31Z': session, opens, known. */
export const instantLines = (
  day: ArrayLike<number>,
  clock: { opens: Float64Array; known: Float64Array },
): string[] =>
  Array.from(day, (one, row) => {
    const text = (at: number): string =>
      new Date(at * 1000).toISOString().replace(':00.000', '').replace('.000', '');
    return `${isoFromDay(one)} ${text(clock.opens[row]!)} ${text(clock.known[row]!)}`;
  });
