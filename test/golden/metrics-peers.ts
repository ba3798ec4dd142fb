/**
 * Runs of other programs as `MeasuredRun`s: their trades from test/golden/peers, their curves made again from
 * these trades and the closes (the curves that are saved there check them).
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dayFromIso } from '../../src/domain/calendar.ts';
import type { MeasuredRun } from '../../src/domain/metrics/measured.ts';
import { tradesOf } from '../unit/domain/metrics-runs.ts';

const folder = new URL('peers/', import.meta.url);
const INITIAL_CASH = 1_000_000;

export type Row = Readonly<Record<string, string>>;
export type Peer = 'backtesting-py' | 'vectorbt' | 'quantstats';

export interface PeerRun {
  readonly name: string;
  readonly series: string;
  readonly stats: Readonly<Record<string, string | number | null>>;
}

/** All runs of a peer whose series is at hand. */
export function runsOf(peer: Peer): PeerRun[] {
  return readdirSync(new URL(peer, folder))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const { stats } = JSON.parse(text(`${peer}/${file}`)) as Pick<PeerRun, 'stats'>;
      const name = file.slice(0, -'.json'.length);
      return { name, series: name.slice(name.lastIndexOf('.') + 1), stats };
    })
    .filter(({ series }) => series in sources);
}

const sources: Record<string, () => Row[]> = {
  sp500: () => csv('../../../datasets/sp500-2000-2020/SP500.csv'),
  nasdaq: () =>
    csv('../../../datasets/us-indices-2014-2018/bars.csv').filter(
      ({ symbol }) => symbol === 'NASDAQ',
    ),
  walk: () => csv('walk.csv'),
};

/** The equity curve that the program itself wrote, where it was saved. */
export const savedCurve = (peer: Peer, name: string): number[] | null =>
  existsSync(new URL(`${peer}/${name}.equity.csv`, folder))
    ? csv(`${peer}/${name}.equity.csv`).map(({ equity }) => Number(equity))
    : null;

/** backtesting.py: equity is cash and the open trade’s profit at the close. */
export function backtestingRun({ name, series }: PeerRun): MeasuredRun {
  const bars = barsOf(series);
  const rows = csv(`backtesting-py/${name}.trades.csv`);
  // With trade_on_close cash moves one bar later than the trade says, save at the very end.
  const delay = name.includes('same-close') ? 1 : 0;
  const books = new Books(bars.close);
  for (const row of rows) {
    const size = Number(row['Size']);
    const [entryPrice, exitPrice] = [Number(row['EntryPrice']), Number(row['ExitPrice'])];
    const rate = Number(row['Commission']) / (Math.abs(size) * (entryPrice + exitPrice));
    books.fill(
      Number(row['EntryBar']) + delay,
      size,
      entryPrice,
      rate * Math.abs(size) * entryPrice,
    );
    books.fill(Number(row['ExitBar']) + delay, -size, exitPrice, rate * Math.abs(size) * exitPrice);
  }
  return {
    ...bars.measured,
    equity: { day: bars.day, ...books.curve() },
    trades: tradesOf(
      rows.map((row) => ({
        side: Number(row['Size']) > 0 ? 1 : -1,
        quantity: Math.abs(Number(row['Size'])),
        entry: Number(row['EntryBar']),
        exit: Number(row['ExitBar']),
        entryPrice: Number(row['EntryPrice']),
        exitPrice: Number(row['ExitPrice']),
        commission: Number(row['Commission']),
        net: Number(row['PnL']),
      })),
    ),
    warmup: name.startsWith('sma-20-100') ? 99 : name.startsWith('sma-50-200') ? 199 : 19,
  };
}

/** vectorbt: cash pays at once, fees included; positions stand at the close. */
export function vectorbtRun({ name, series }: PeerRun): MeasuredRun {
  const bars = barsOf(series);
  const rows = csv(`vectorbt/${name}.trades.csv`).map((row) => {
    const at = (column: string) => bars.day.indexOf(dayFromIso(row[column]!.slice(0, 10)));
    const side = row['Direction'] === 'Long' ? 1 : -1;
    return {
      side,
      quantity: Number(row['Size']),
      entry: at('Entry Timestamp'),
      exit: row['Status'] === 'Open' ? -1 : at('Exit Timestamp'),
      entryPrice: Number(row['Avg Entry Price']),
      exitPrice: Number(row['Avg Exit Price']),
      entryFee: Number(row['Entry Fees']),
      exitFee: Number(row['Exit Fees']),
      net: Number(row['PnL']),
    } as const;
  });
  const books = new Books(bars.close);
  for (const { side, quantity, entry, exit, entryPrice, exitPrice, entryFee, exitFee } of rows) {
    books.fill(entry, side * quantity, entryPrice, entryFee);
    if (exit >= 0) books.fill(exit, -side * quantity, exitPrice, exitFee);
  }
  return {
    ...bars.measured,
    equity: { day: bars.day, ...books.curve() },
    trades: tradesOf(
      rows.map(({ entryFee, exitFee, ...row }) => ({ ...row, commission: entryFee + exitFee })),
    ),
  };
}

/** An account of one symbol. */
class Books {
  readonly #close: Float64Array;
  readonly #paid: Float64Array;
  readonly #bought: Float64Array;

  constructor(close: Float64Array) {
    this.#close = close;
    this.#paid = new Float64Array(close.length);
    this.#bought = new Float64Array(close.length);
  }

  fill(bar: number, units: number, price: number, fee: number): void {
    const at = Math.min(bar, this.#close.length - 1);
    this.#paid[at]! += units * price + fee;
    this.#bought[at]! += units;
  }

  curve() {
    const bars = this.#close.length;
    const curve = {
      equity: new Float64Array(bars),
      cash: new Float64Array(bars),
      gross: new Float64Array(bars),
      net: new Float64Array(bars),
      positions: new Int32Array(bars),
    };
    let cash = INITIAL_CASH;
    let units = 0;
    for (let bar = 0; bar < bars; bar++) {
      cash -= this.#paid[bar]!;
      units += this.#bought[bar]!;
      // Fractions bought and sold again leave rounding, not a position.
      if (Math.abs(units) < 1e-9) units = 0;
      curve.cash[bar] = cash;
      curve.net[bar] = units * this.#close[bar]!;
      curve.gross[bar] = Math.abs(curve.net[bar]!);
      curve.equity[bar] = cash + curve.net[bar]!;
      curve.positions[bar] = units === 0 ? 0 : 1;
    }
    return curve;
  }
}

function barsOf(series: string) {
  const rows = sources[series]!();
  const day = Int32Array.from(rows, ({ date }) => dayFromIso(date!));
  const close = Float64Array.from(rows, ({ close: price }) => Number(price));
  return {
    day,
    close,
    measured: {
      timeOf: (row: number) => day[row]!,
      closes: close,
      benchmark: close.map((price) => (price / close[0]!) * INITIAL_CASH),
      warmup: 0,
      initialCash: INITIAL_CASH,
      riskFreeRate: 0,
      interest: 0,
    },
  };
}

function csv(path: string): Row[] {
  const [head, ...lines] = text(path)
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(head!.map((name, i) => [name, line[i]!])));
}

const text = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
