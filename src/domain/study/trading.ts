import { Type } from '@sinclair/typebox';
import { later } from './later.ts';
import { choice, flag, group, integer, isoDate, number, optional } from './tools.ts';

/** When and how orders fill, how much is traded, and how positions end. */
const date = (title: string, description: string) =>
  Type.Union([Type.String({ pattern: isoDate }), Type.Null()], {
    title,
    description,
    default: null,
  });

export const rangeSchema = group(
  'Range',
  'Which sessions are traded. Earlier bars warm the features.',
  {
    from: date('From', 'First session, YYYY-MM-DD; null is the first bar.'),
    to: date('To', 'Last session, YYYY-MM-DD; null is the last bar.'),
  },
);

const priced = { when: { order: ['limit', 'stop', 'stop-limit'] } };

export const executionSchema = group('Execution', 'When and at what price orders fill.', {
  fill: choice(
    'Fill',
    'next-open: at the open of the symbol’s next bar. next-close: at that bar’s close. same-close: at the signal’s own close, optimistic. prior-close: on the next bar at the signal’s close, as backtesting.py’s trade_on_close; optimistic too.',
    ['next-open', 'next-close', 'same-close', 'prior-close'] as const,
    'next-open',
  ),
  order: choice(
    'Entry order',
    'Priced orders work from the symbol’s next bar on; a newer signal replaces them. market: fills at once. limit: only at its price or better. stop: once its price is touched. stop-limit: a limit order once its stop is touched.',
    ['market', 'limit', 'stop', 'stop-limit'] as const,
    'market',
  ),
  offsetUnit: choice(
    'Offsets in',
    'atr: multiples of the signal bar’s ATR. ratio: shares of the signal bar’s close.',
    ['atr', 'ratio'] as const,
    'atr',
    priced,
  ),
  limitOffset: number(
    'Limit offset',
    'A long’s limit stands this far below the signal’s close (a stop-limit’s this far above its stop), a short’s mirrored.',
    0.5,
    { unit: '× ATR or ratio', when: { order: ['limit', 'stop-limit'] } },
  ),
  stopOffset: number(
    'Stop offset',
    'A long’s entry stop stands this far above the signal’s close, a short’s below.',
    0.5,
    { unit: '× ATR or ratio', when: { order: ['stop', 'stop-limit'] } },
  ),
  validFor: integer(
    'Order works for',
    'Bars of the symbol on which a priced order may fill; then it is cancelled.',
    1,
    { minimum: 1, maximum: 1000, unit: 'bars', ...priced },
  ),
  reentry: choice(
    'Entry after an exit',
    'same-bar: a symbol that was left in a bar may be entered at that bar’s close. next-bar: not before the bar after, as vectorbt, which takes one order a bar; a reversal is one order.',
    ['same-bar', 'next-bar'] as const,
    'same-bar',
    { when: { fill: ['same-close'] } },
  ),
  expireAfter: integer(
    'Order expires after',
    'An entry order whose symbol has no bar within this many sessions is cancelled.',
    5,
    { minimum: 1, maximum: 250, unit: 'sessions' },
  ),
  delay: integer(
    'Delay',
    'Bars that pass between a signal and its order, to see how much the edge hangs on speed.',
    0,
    { minimum: 0, maximum: 250, unit: 'bars' },
  ),
  maximumParticipation: optional(
    number(
      'Participation',
      'A fill takes at most this share of its bar’s volume. Without volume there is no limit.',
      0.1,
      { exclusiveMinimum: 0, maximum: 1, unit: 'ratio' },
    ),
  ),
  unfilled: choice(
    'Rest of a capped entry',
    'The rest of an exit is always carried. cancel: given up. carry: tried again at the next bars’ opens until the order expires, for market orders.',
    ['cancel', 'carry'] as const,
    'cancel',
    { when: { order: ['market'] } },
  ),
  bothTouched: choice(
    'One bar touches stop and target',
    'stop: the stop is taken, the cautious reading. target: the target is, to see the other end of the range.',
    ['stop', 'target'] as const,
    'stop',
  ),
  endOfData: choice(
    'At the end of the data',
    'mark: open positions stay open at the last close. close: they end at their last close. open: they end at the open of their last bar (with prior-close fills, at the close before it), as backtesting.py does: a price that had passed when the end was known.',
    ['mark', 'close', 'open'] as const,
    'mark',
  ),
});

export const sizeSchema = group('Size', 'How much is bought or sold short at each entry.', {
  rule: choice(
    'Rule',
    'fraction: a share of equity at the signal. units: a fixed quantity. atr-risk: the stop’s distance loses the risk fraction of equity. volatility: the position’s own yearly volatility is the target share of equity. buying-power: a share of what the account can buy at the fill.',
    ['fraction', 'units', 'atr-risk', 'volatility', 'buying-power'] as const,
    'fraction',
  ),
  price: later(
    choice(
      'Sized at',
      'The price that a value is divided by to give a quantity. fill: the entry’s own, so that the position is worth what was wanted. signal-close: the signal’s close, as LEAN’s SetHoldings: the quantity is known before the fill, and the position is worth more or less as the price has moved since.',
      ['fill', 'signal-close'] as const,
      'fill',
      { when: { rule: ['fraction', 'volatility'] } },
    ),
  ),
  fraction: number('Fraction', 'Share of equity, or of buying power.', 0.005, {
    exclusiveMinimum: 0,
    maximum: 10,
    unit: 'ratio',
    when: { rule: ['fraction', 'buying-power'] },
  }),
  minimum: number(
    'Smallest position',
    'Smaller values are raised to this; where limits leave less, there is no trade.',
    100,
    {
      minimum: 0,
      unit: 'currency',
      when: { rule: ['fraction'] },
    },
  ),
  maximum: optional(
    number('Largest position', 'The value is cut to this.', 5000, {
      exclusiveMinimum: 0,
      unit: 'currency',
      when: { rule: ['fraction'] },
    }),
  ),
  units: number('Units', 'Quantity of every position.', 100, {
    exclusiveMinimum: 0,
    unit: 'units',
    when: { rule: ['units'] },
  }),
  risk: number(
    'Risk',
    'Equity lost if the first stop fills at its price; without a stop, by one ATR.',
    0.01,
    {
      exclusiveMinimum: 0,
      maximum: 1,
      unit: 'ratio',
      when: { rule: ['atr-risk'] },
    },
  ),
  volatilityTarget: number(
    'Volatility target',
    'Yearly volatility of the position as a share of equity.',
    0.1,
    { exclusiveMinimum: 0, maximum: 10, unit: 'ratio', when: { rule: ['volatility'] } },
  ),
  volatilityBars: integer(
    'Volatility over',
    'Bars up to the signal whose returns give the symbol’s volatility.',
    20,
    { minimum: 3, maximum: 1000, unit: 'bars', when: { rule: ['volatility'] } },
  ),
  tooDear: choice(
    'Beyond buying power',
    'cut: what buying power cannot pay for is left out. cancel: the order is given up, as backtesting.py does.',
    ['cut', 'cancel'] as const,
    'cut',
  ),
  whole: flag(
    'Whole units',
    'Round quantities down to whole units; zero units is no trade.',
    false,
  ),
});

export const exitsSchema = group('Exits', 'How positions end, besides the strategy’s own exits.', {
  reference: choice(
    'Measured from',
    'fill: from the fill price. signal-close: from the close of the signal bar.',
    ['fill', 'signal-close'] as const,
    'fill',
  ),
  unit: choice(
    'Distances in',
    'atr: multiples of the signal bar’s ATR. ratio: shares of the price they are measured from.',
    ['atr', 'ratio'] as const,
    'atr',
  ),
  stop: optional(
    number('Stop', 'Distance of the stop.', 1, { exclusiveMinimum: 0, unit: '× ATR or ratio' }),
  ),
  target: optional(
    number('Target', 'Distance of the target.', 2, { exclusiveMinimum: 0, unit: '× ATR or ratio' }),
  ),
  breakEven: optional(
    number(
      'Break-even stop',
      'Once a bar has gone this far in favour, the stop stands at the fill price from the next bar on.',
      1,
      { exclusiveMinimum: 0, unit: '× ATR or ratio' },
    ),
    { off: true },
  ),
  trailing: choice(
    'Trailing stop',
    'It follows the best price, never loosens, and works from the next bar on. atr: multiples of the bar’s ATR below the best price since entry. percent: a share below it. chandelier: multiples of ATR below the best price of the last bars, those before the entry included.',
    ['off', 'atr', 'percent', 'chandelier'] as const,
    'atr',
  ),
  trailingFrom: later(
    choice(
      'Trails from',
      'high: the best price is the highest high, of a short the lowest low. close: it is the highest close, of a short the lowest, the entry bar’s the first.',
      ['high', 'close'] as const,
      'high',
      { when: { trailing: ['atr', 'percent', 'chandelier'] } },
    ),
  ),
  trailingMultiple: number('Trailing distance', 'Multiples of the bar’s ATR.', 1.5, {
    exclusiveMinimum: 0,
    unit: '× ATR',
    when: { trailing: ['atr', 'chandelier'] },
  }),
  trailingMinimum: number(
    'Trailing distance, at least',
    'Least distance as a ratio of the best price.',
    0.02,
    { minimum: 0, maximum: 1, unit: 'ratio', when: { trailing: ['atr'] } },
  ),
  trailingRatio: number('Trailing distance', 'Share of the best price.', 0.05, {
    exclusiveMinimum: 0,
    maximum: 1,
    unit: 'ratio',
    when: { trailing: ['percent'] },
  }),
  chandelierBars: integer('Chandelier over', 'Bars whose best price it hangs from.', 22, {
    minimum: 1,
    maximum: 5000,
    unit: 'bars',
    when: { trailing: ['chandelier'] },
  }),
  longestHolding: optional(
    integer('Longest holding', 'Out after this many bars; the entry bar is the first.', 20, {
      minimum: 1,
      unit: 'bars',
    }),
  ),
  oppositeSignal: choice(
    'Opposite signal',
    'ignore: nothing happens. close: it ends the position. reverse: it ends the position and opens the other side at the same fill.',
    ['ignore', 'close', 'reverse'] as const,
    'ignore',
  ),
});
