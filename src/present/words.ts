import type { Convention } from '../domain/metrics/convention.ts';
import type { MetricGroup } from '../domain/metrics/metric.ts';
import type { ExitReason, OrderCounts, TradeCost } from '../domain/run.ts';
import type { TableFormat } from '../domain/table-format.ts';

/** What the page, the report and the command call the things of a run. */
export const exitWords: Readonly<Record<ExitReason, string>> = {
  stop: 'Stop',
  target: 'Target',
  trailing: 'Trailing stop',
  'break-even': 'Break-even stop',
  time: 'Longest holding',
  signal: 'Exit signal',
  opposite: 'Opposite signal',
  'kill-switch': 'Kill-switch',
  'session-end': 'Session’s end',
  'drawdown-stop': 'Drawdown stop',
  'margin-call': 'Margin call',
  delisting: 'Delisting',
  end: 'End of data',
  rebalance: 'Target weight 0',
  split: 'Fraction left by a split',
};

/** In place of an exit's reason, where there was no exit. */
export const openWord = 'Marked at the end';

export const orderWords: Readonly<Record<keyof OrderCounts | 'held', string>> = {
  signals: 'Signals',
  filled: 'Filled',
  capped: 'Filled in part',
  held: 'Symbol already held',
  noSlot: 'No free slot',
  unmet: 'Price not met, or replaced',
  expired: 'Expired',
  tooSmall: 'Too small',
  noPower: 'No buying power',
  noVolume: 'No volume',
  outsideHours: 'Outside the hours',
  paused: 'Trading paused',
  cooldown: 'Cooldown after a loss',
  noAtr: 'No ATR yet',
  pending: 'Waiting at the end',
};

export const costWords: Readonly<Record<TradeCost, string>> = {
  commission: 'Commission',
  spread: 'Half spread',
  slippage: 'Slippage',
  impact: 'Market impact',
  borrow: 'Borrow fees',
};

export const groupWords: Readonly<Record<MetricGroup, string>> = {
  run: 'Run',
  return: 'Return',
  risk: 'Risk',
  drawdown: 'Drawdown',
  trades: 'Trades',
  long: 'Long side',
  short: 'Short side',
  costs: 'Costs',
  portfolio: 'Portfolio',
  payments: 'Payments',
  periods: 'Periods',
};

/** Shorter names where a metric stands in the strip of key figures. */
export const stripWords: Readonly<Record<string, string>> = {
  'buy-and-hold-return': 'Buy & hold',
  'max-drawdown': 'Max drawdown',
  costs: 'Costs',
};

export const conventionWords: Readonly<Record<Convention, string>> = {
  outsample: 'Outsample',
  'backtesting.py': 'backtesting.py',
  vectorbt: 'vectorbt',
  quantstats: 'quantstats',
};

/** What a file holds. */
export const roleWords = {
  bars: 'Bars',
  attention: 'Attention',
  macro: 'Macro',
  universe: 'Universe',
  instruments: 'Instruments',
  events: 'Cash events',
  detail: 'Finer bars',
} as const;

/** Values of settings that are no words as they stand, by the setting’s path where it matters. */
const choiceWords: Readonly<Record<string, string>> = {
  '/execution/bothTouched stop': 'Stop first',
  '/execution/bothTouched target': 'Target first',
  '/execution/endOfData mark': 'Mark open positions',
  '/execution/endOfData close': 'Close at the last close',
  '/execution/endOfData open': 'Close at the last open',
  '/size/rule fraction': 'Share of equity',
  '/size/rule volatility': 'Volatility target',
  '/costs/tiers units': 'By quantity',
  '/costs/tiers value': 'By value',
  '/costs/slippageModel atr': 'Share of ATR',
  '/costs/spread corwin-schultz': 'Corwin–Schultz',
  '/costs/booking apart': 'Beside the price',
  '/costs/booking in-price': 'In the price',
  '/portfolio/rebalance session': 'Every session',
  '/portfolio/rebalance week': 'Weekly',
  '/portfolio/rebalance month': 'Monthly',
  '/portfolio/rebalance quarter': 'Quarterly',
  '/portfolio/rebalance year': 'Yearly',
  '/portfolio/rebalance sessions': 'Every so many sessions',
  '/portfolio/rebalance signal': 'On a signal',
  '/portfolio/on last': 'Last close',
  '/portfolio/on first': 'First close',
  '/portfolio/share given': 'As given',
  '/portfolio/share scaled': 'Scaled to all',
  'stop-limit': 'Stop-limit',
  'per-symbol': 'One per symbol',
  ratio: 'Share of the price',
  atr: '× ATR',
  'atr-risk': 'Risk by stop (ATR)',
  sma: 'Simple mean (SMA)',
  ema: 'EMA',
  wilder: 'Wilder',
  bps: 'bps',
  'backtesting.py': 'backtesting.py',
  vectorbt: 'vectorbt',
  quantstats: 'quantstats',
};

/** A choice in plain words: “next-open” as “Next open”. */
export function choiceWord(path: string, choice: string): string {
  const known = choiceWords[`${path} ${choice}`] ?? choiceWords[choice];
  if (known !== undefined) return known;
  const words = choice.replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The first names, and how many more there are. */
export const shortList = (names: readonly string[], most = 5, between = ', '): string =>
  names.slice(0, most).join(between) +
  (names.length > most ? ` and ${names.length - most} more` : '');

export const tableFormatWords: Readonly<Record<TableFormat, string>> = {
  csv: 'CSV',
  parquet: 'Parquet',
  arrow: 'Arrow',
};
