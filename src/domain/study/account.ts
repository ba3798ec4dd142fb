import { later } from './later.ts';
import { choice, group, integer, number, numbers, optional } from './tools.ts';

/** What holds for the whole account: its limits, and what trading costs. */
const share = { exclusiveMinimum: 0, unit: 'ratio' } as const;

export const riskSchema = group('Risk', 'Limits that hold for the whole account.', {
  initialCash: number('Initial cash', 'Equity at the start.', 100_000, {
    exclusiveMinimum: 0,
    unit: 'currency',
  }),
  accounts: choice(
    'Accounts',
    'shared: one account trades every symbol. per-symbol: every symbol has its own account with the initial cash, and the curve is their sum.',
    ['shared', 'per-symbol'] as const,
    'shared',
  ),
  maximumPositions: integer('Open positions', 'At most this many at a time.', 4, {
    minimum: 1,
    maximum: 10_000,
    unit: 'positions',
  }),
  leverage: number(
    'Leverage',
    'Buying power is this many times equity, less gross exposure; it pays for entries and their costs.',
    1,
    {
      exclusiveMinimum: 0,
      maximum: 100,
      unit: '×',
    },
  ),
  maintenanceMargin: optional(
    number(
      'Maintenance margin',
      'When closing equity is below this share of gross exposure, a margin call closes every position at its next open; waiting orders are cancelled and that open takes no entries.',
      0.25,
      { exclusiveMinimum: 0, maximum: 1, unit: 'ratio' },
    ),
  ),
  maximumGross: optional(
    number(
      'Gross exposure',
      'Entries are cut so that longs and shorts together stay below this share of equity.',
      1,
      share,
    ),
    { off: true },
  ),
  maximumNet: optional(
    number(
      'Net exposure',
      'Entries are cut so that longs less shorts, either way, stay below this share of equity.',
      1,
      share,
    ),
    { off: true },
  ),
  maximumPerSymbol: optional(
    number('Per symbol', 'Largest position, as a share of equity.', 0.25, share),
    { off: true },
  ),
  maximumPerGroup: optional(
    number(
      'Per group',
      'Largest gross exposure of one group of the universe file (a sector, say), as a share of equity.',
      0.5,
      share,
    ),
    { off: true },
  ),
  cooldown: integer(
    'Cooldown after a loss',
    'Bars of a symbol without entries after a losing trade.',
    0,
    {
      minimum: 0,
      maximum: 1000,
      unit: 'bars',
    },
  ),
  killSwitch: optional(
    number(
      'Kill-switch',
      'When closing equity is at or below this share of the previous close’s, every position is closed at its next open, whatever the study’s fill.',
      0.98,
      { exclusiveMinimum: 0, maximum: 1, unit: 'ratio' },
    ),
  ),
  killSwitchPause: integer(
    'Kill-switch pause',
    'Opens without entries after it, that one included.',
    1,
    { minimum: 1, maximum: 250, unit: 'opens' },
  ),
  drawdownStop: optional(
    number(
      'Drawdown stop',
      'When closing equity is this far below its peak, every position is closed at its next open.',
      0.2,
      { exclusiveMinimum: 0, exclusiveMaximum: 1, unit: 'ratio' },
    ),
    { off: true },
  ),
  drawdownPause: optional(
    integer(
      'Drawdown pause',
      'Opens without entries after it, that one included; then the peak starts afresh. Off, nothing is entered any more.',
      20,
      { minimum: 1, maximum: 5000, unit: 'opens' },
    ),
    { off: true },
  ),
  delistingReturn: number(
    'Delisting return',
    'Return on the last close where the universe file ends a symbol for good and gives none.',
    0,
    { minimum: -1, unit: 'ratio' },
  ),
  delistingStress: optional(
    number(
      'Delisting stress',
      'Every delisting moves the last close by this much against the position, whatever the universe file says.',
      0.3,
      { minimum: 0, maximum: 1, unit: 'ratio' },
    ),
    { off: true },
  ),
  drawdownAlerts: numbers(
    'Drawdown alerts',
    'Drawdowns that are reported with their date.',
    [0.05, 0.1, 0.2],
    { exclusiveMinimum: 0, exclusiveMaximum: 1 },
    { unit: 'ratio' },
  ),
});

const tiered = { when: { tiers: ['units', 'value'] } };

export const costsSchema = group(
  'Costs',
  'What each fill costs. Limit orders and targets pay commission only, but for slippage where it is on all fills.',
  {
    booking: choice(
      'Booked',
      'apart: beside the fill price. in-price: spread, slippage and impact worsen the fill price, and commission is taken of that, as vectorbt does.',
      ['apart', 'in-price'] as const,
      'apart',
    ),
    commission: number('Commission', 'Per fill.', 1, { minimum: 0, unit: 'currency' }),
    commissionPerUnit: number('Commission, by quantity', 'Per share or contract.', 0, {
      minimum: 0,
      unit: 'currency',
    }),
    commissionBps: number('Commission, by value', 'Of the fill’s value.', 0, {
      minimum: 0,
      unit: 'bps',
    }),
    tiers: choice(
      'Tiers',
      'A further commission whose rate depends on what was traded earlier in the calendar month. units: by quantity, rates in currency per unit. value: by value, rates in bps.',
      ['off', 'units', 'value'] as const,
      'off',
    ),
    tierFrom: numbers(
      'Tiers from',
      'Traded in the month before the fill; the first is 0.',
      [0],
      { minimum: 0 },
      tiered,
    ),
    tierRates: numbers('Tier rates', 'One for each tier.', [0], { minimum: 0 }, tiered),
    commissionMinimum: number('Commission, at least', 'Of all commissions of one fill.', 0, {
      minimum: 0,
      unit: 'currency',
    }),
    commissionMaximum: optional(
      number('Commission, at most', 'Share of the fill’s value; it wins over the minimum.', 0.01, {
        exclusiveMinimum: 0,
        maximum: 1,
        unit: 'ratio',
      }),
      { off: true },
    ),
    spread: choice(
      'Spread',
      'fixed: the half spread below. corwin-schultz: estimated from highs and lows of the 20 pairs of bars before the fill (Corwin & Schultz 2012), overnight gaps taken out, negative pairs counted as 0.',
      ['fixed', 'corwin-schultz'] as const,
      'fixed',
    ),
    spreadOn: later(
      choice(
        'Spread paid',
        'fills: half of it on every market and stop fill. entry: the whole of it on the entry’s, nothing on the exit’s, as backtesting.py’s spread.',
        ['fills', 'entry'] as const,
        'fills',
      ),
    ),
    halfSpread: number('Half spread', 'On market and stop fills.', 0, {
      minimum: 0,
      unit: 'bps',
      when: { spread: ['fixed'] },
    }),
    slippageModel: choice(
      'Slippage by',
      'bps: of the fill’s value. atr: a fraction of the ATR at the bar before the fill.',
      ['bps', 'atr'] as const,
      'bps',
    ),
    slippageOn: later(
      choice(
        'Slippage on',
        'market: market and stop fills. all: limit entries and targets too, which then get less than their price.',
        ['market', 'all'] as const,
        'market',
      ),
    ),
    slippage: number('Slippage', 'On market and stop fills, or on all.', 10, {
      minimum: 0,
      unit: 'bps',
      when: { slippageModel: ['bps'] },
    }),
    slippageAtr: number('Slippage', 'On market and stop fills, or on all.', 0.05, {
      minimum: 0,
      unit: '× ATR',
      when: { slippageModel: ['atr'] },
    }),
    impact: optional(
      number(
        'Market impact',
        'Y in Y·σ·√(quantity ÷ ADV): σ the daily volatility and ADV the mean volume of the bars before the fill (with the bar itself, where it fills at its close). On market and stop fills; needs volume.',
        1,
        { exclusiveMinimum: 0, maximum: 100, unit: '×' },
      ),
    ),
    impactBars: integer('Impact over', 'Bars before the fill for volatility and volume.', 20, {
      minimum: 2,
      maximum: 1000,
      unit: 'bars',
    }),
    borrowFee: number('Borrow fee', 'A year, of the value sold short, by calendar days.', 0.005, {
      minimum: 0,
      maximum: 10,
      unit: 'ratio',
    }),
    interest: number(
      'Interest on cash',
      'A year, on cash beyond the value of short positions, by calendar days.',
      0,
      { minimum: -0.5, maximum: 10, unit: 'ratio' },
    ),
    marginInterest: number('Interest on debt', 'A year, on negative cash, by calendar days.', 0, {
      minimum: 0,
      maximum: 10,
      unit: 'ratio',
    }),
  },
);
