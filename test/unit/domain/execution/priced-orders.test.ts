import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../../src/domain/study/schema.ts';
import { type Bar, flat, marketOf, settingsOf, signalsOf, simulate } from './market-builder.ts';

type Execution = Partial<Settings['execution']>;
type Changes = Parameters<typeof settingsOf>[0];

/** A signal at 100 with ATR 10. Half an ATR away: limit 95, stop 105, a stop-limit's limit 110. */
function run(
  side: 1 | -1,
  bars: readonly (Bar | null)[],
  execution: Execution,
  changes: Changes = {},
) {
  const market = marketOf({ A: [flat(100), ...bars], B: [flat(1), ...bars.map(() => flat(1))] });
  const signals = signalsOf(market, { A: { 0: { side } } }, 10);
  return simulate(market, signals, settingsOf({ ...changes, execution }));
}

const mirror = ([open, high, low, close]: Bar): Bar => [
  200 - open,
  200 - low,
  200 - high,
  200 - close,
];

const cases: readonly [
  order: Settings['execution']['order'],
  name: string,
  bars: readonly Bar[],
  price: number | null,
][] = [
  ['limit', 'fills at its price when the low touches it', [[100, 101, 95, 98]], 95],
  ['limit', 'no better when the bar goes through it', [[100, 101, 90, 98]], 95],
  ['limit', 'at an open beyond it, which is better', [[93, 96, 92, 95]], 93],
  ['limit', 'at an open right there', [[95, 97, 94, 96]], 95],
  ['limit', 'or not at all', [[100, 102, 95.5, 101]], null],
  ['stop', 'fills at its price when the high touches it', [[100, 105, 99, 103]], 105],
  ['stop', 'at an open beyond it, which is worse', [[108, 109, 107, 108]], 108],
  ['stop', 'or not at all', [[100, 104.5, 99, 101]], null],
  [
    'stop-limit',
    'fills at its stop when that is touched inside the bar',
    [[100, 106, 99, 104]],
    105,
  ],
  ['stop-limit', 'at an open beyond the stop and within the limit', [[108, 109, 107, 108]], 108],
  ['stop-limit', 'not at an open beyond the limit', [[112, 115, 111, 113]], null],
  ['stop-limit', 'but at the limit when that bar comes back to it', [[112, 115, 109, 113]], 110],
  [
    'stop-limit',
    'or the next one',
    [
      [112, 115, 111, 113],
      [113, 113, 109, 112],
    ],
    110,
  ],
  [
    'stop-limit',
    'or at its open',
    [
      [112, 115, 111, 113],
      [104, 106, 103, 104],
    ],
    104,
  ],
  [
    'stop-limit',
    'or not at all',
    [
      [100, 104, 90, 100],
      [100, 104, 90, 100],
    ],
    null,
  ],
];

describe.each<['long' | 'short', 1 | -1]>([
  ['long', 1],
  ['short', -1],
])('%s', (_, side) => {
  it.each(cases)('a %s order %s', (order, _name, bars, price) => {
    const met = side > 0 ? bars : bars.map(mirror);
    const { trades, orders } = run(side, met, { order, validFor: 2 });
    expect(trades.map((t) => t.entryPrice)).toEqual(
      price === null ? [] : [side > 0 ? price : 200 - price],
    );
    const waits = price === null && bars.length < 2 ? 1 : 0;
    expect(orders).toMatchObject({
      signals: 1,
      filled: trades.length,
      pending: waits,
      unmet: 1 - trades.length - waits,
    });
  });
});

it('a stop-limit whose limit is nearer than its stop waits for a bar that comes back to it', () => {
  // Stop 105, limit 103. What the bar did after it touched the stop is unknown.
  const execution: Execution = { order: 'stop-limit', limitOffset: -0.2, validFor: 2 };
  const { trades } = run(
    1,
    [
      [100, 106, 99, 104],
      [104, 104, 102, 103],
    ],
    execution,
  );
  expect(trades).toMatchObject([{ entryRow: 2, entryPrice: 103 }]);
});

it('offsets may be shares of the signal’s close', () => {
  const execution: Execution = { order: 'limit', offsetUnit: 'ratio', limitOffset: 0.02 };
  expect(run(1, [[100, 100, 97, 97]], execution).trades[0]?.entryPrice).toBe(98);
});

it('a limit entry pays commission only, a stop entry crosses the spread and slips', () => {
  const costs = { commission: 1, halfSpread: 10, slippage: 20 };
  const [limit, stop] = (['limit', 'stop'] as const).map(
    (order) => run(1, [[100, 105, 95, 100]], { order }, { costs }).trades[0],
  );
  expect(limit).toMatchObject({ entryPrice: 95, commission: 1, spread: 0, slippage: 0 });
  expect(stop).toMatchObject({ entryPrice: 105, commission: 1, spread: 0.105, slippage: 0.21 });
});

describe('an order that works for several bars', () => {
  const quiet: Bar = [100, 101, 99, 100];
  const touch: Bar = [100, 101, 94, 100];

  it('is given up after the last of them', () => {
    const within = (validFor: number) =>
      run(1, [quiet, quiet, touch], { order: 'limit', validFor }).orders;
    expect(within(3)).toMatchObject({ filled: 1, unmet: 0 });
    expect(within(2)).toMatchObject({ filled: 0, unmet: 1 });
  });

  it('counts its symbol’s bars, and expires when one is too long in coming', () => {
    const bars = [quiet, null, null, touch];
    const execution: Execution = { order: 'limit', validFor: 2 };
    expect(run(1, bars, { ...execution, expireAfter: 3 }).orders).toMatchObject({ filled: 1 });
    expect(run(1, bars, { ...execution, expireAfter: 2 }).orders).toMatchObject({ expired: 1 });
  });

  it('is pending at the end of the data', () => {
    expect(run(1, [quiet], { order: 'limit', validFor: 2 }).orders).toMatchObject({ pending: 1 });
  });

  it('gives way to a newer signal', () => {
    const market = marketOf({ A: [flat(100), flat(110), [110, 110, 94, 100]] });
    const signals = signalsOf(market, { A: { 0: { side: 1 }, 1: { side: 1 } } }, 10);
    const settings = settingsOf({ execution: { order: 'limit', validFor: 5 } });
    const { trades, orders } = simulate(market, signals, settings);
    expect(trades).toMatchObject([{ signalRow: 1, entryRow: 2, entryPrice: 105 }]);
    expect(orders).toMatchObject({ signals: 2, filled: 1, unmet: 1 });
  });
});

describe('the rest of the bar in which it filled', () => {
  interface Case {
    readonly name: string;
    readonly bar: Bar;
    /** What the cautious reading says, and the other one where it differs. */
    readonly stop: object;
    readonly target?: object;
  }
  const unclear = { exitRow: -1, ambiguous: true };
  const check = (order: 'limit' | 'stop', { bar, stop, target = stop }: Case) => {
    for (const side of [1, -1] as const) {
      for (const [bothTouched, outcome] of [
        ['stop', stop],
        ['target', target],
      ] as const) {
        const trade = run(
          side,
          [side > 0 ? bar : mirror(bar)],
          { order, bothTouched },
          {
            exits: { stop: 1, target: 1 },
          },
        ).trades[0]!;
        const exitPrice = side > 0 ? trade.exitPrice : 200 - trade.exitPrice;
        expect({ ...trade, exitPrice }).toMatchObject(outcome);
      }
    }
  };

  // In at 95, stop 85, target 105.
  it.each<Case>([
    {
      name: 'the stop came after it: the bar’s worst price always does',
      bar: [100, 101, 84, 90],
      stop: { exitRow: 1, exitPrice: 85, reason: 'stop', ambiguous: false },
    },
    {
      name: 'the bar’s best price may have come before it',
      bar: [100, 110, 94, 96],
      stop: unclear,
      target: { exitPrice: 105, reason: 'target', ambiguous: true },
    },
    {
      name: 'its close came after it: beyond the target, the target was touched on the way',
      bar: [100, 110, 94, 106],
      stop: { exitRow: 1, exitPrice: 105, reason: 'target', ambiguous: false },
    },
    {
      name: 'the stop and such a close: nobody knows which came first',
      bar: [100, 110, 84, 106],
      stop: { exitPrice: 85, reason: 'stop', ambiguous: true },
      target: { exitPrice: 105, reason: 'target', ambiguous: true },
    },
  ])('limit: $name', (one) => check('limit', one));

  // In at 105, stop 95, target 115.
  it.each<Case>([
    {
      name: 'the target came after it: the bar’s best price always does',
      bar: [100, 116, 99, 110],
      stop: { exitRow: 1, exitPrice: 115, reason: 'target', ambiguous: false },
    },
    {
      name: 'the bar’s worst price may have come before it',
      bar: [100, 106, 94, 100],
      stop: { exitPrice: 95, reason: 'stop', ambiguous: true },
      target: unclear,
    },
    {
      name: 'its close came after it: beyond the stop, the stop was touched on the way',
      bar: [100, 106, 90, 94],
      stop: { exitPrice: 95, reason: 'stop', ambiguous: false },
    },
    {
      name: 'both',
      bar: [100, 116, 94, 94],
      stop: { exitPrice: 95, reason: 'stop', ambiguous: true },
      target: { exitPrice: 115, reason: 'target', ambiguous: true },
    },
  ])('stop: $name', (one) => check('stop', one));

  it.each<[string, 'limit' | 'stop', Partial<Settings['exits']>, object]>([
    ['a stop', 'limit', { stop: 0.25 }, { exitPrice: 95, reason: 'stop' }],
    ['a target', 'stop', { target: 0.25 }, { exitPrice: 105, reason: 'target' }],
  ])('%s that the signal’s close put behind the fill ends it there', (_, order, exits, out) => {
    const changes = { exits: { reference: 'signal-close', ...exits } } as const;
    const { trades } = run(1, [[100, 106, 94, 100]], { order }, changes);
    expect(trades).toMatchObject([{ exitRow: 1, ambiguous: false, ...out }]);
  });

  it('counts against it in full and in its favour up to the close', () => {
    const { mae, mfe, bars } = run(1, [[100, 110, 94, 96]], { order: 'limit' }).trades[0]!;
    expect({ mae, mfe, bars }).toEqual({ mae: -1 / 95, mfe: 1 / 95, bars: 1 });
  });
});
