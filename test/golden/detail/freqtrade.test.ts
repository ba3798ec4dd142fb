/**
 * Hours walked through their bars of five minutes, beside freqtrade 2026.9 with --timeframe-detail. The trades come from
 * make_freqtrade.py.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exitReasons } from '../../../src/domain/run.ts';
import { unwrap } from '../../../src/wire/errors.ts';
import type { InputFile, RunResult } from '../../../src/wire/lab.ts';
import { startNodeEngine } from '../../../workers/engines/duckdb-node.ts';
import { createLab } from '../../../workers/services/lab.ts';
import freqtrade from './freqtrade.json' with { type: 'json' };

const lab = createLab(startNodeEngine);
const quiet = (): void => undefined;
const file = (name: string, role: InputFile['role']) => ({
  name,
  content: new Blob([readFileSync(`test/golden/detail/${name}`)]),
  exchange: 'none' as const,
  ...(role && { role }),
});

type SetUp = (typeof freqtrade)['tight'];
type Trade = readonly [entry: string, exit: string, from: number, to: number, reason: string];

/** Long at the open after an hour that closes below the mean of five closes, one unit, without costs. */
const studyOf = ({ stoploss, roi, trailing }: SetUp, every: string) => ({
  outsample: 1,
  strategy: {
    id: 'custom',
    parameters: { entry: 'close < sma(5) - 0.000000001', exit: '', side: '1', score: '' },
  },
  bars: { every },
  size: { rule: 'units', units: 1 },
  exits: {
    unit: 'ratio',
    breakEven: null,
    stop: -stoploss,
    target: trailing ? null : roi,
    trailing: trailing ? 'percent' : 'off',
    trailingRatio: -stoploss,
    longestHolding: null,
  },
  execution: { maximumParticipation: null, endOfData: 'mark' },
  costs: { commission: 0, slippage: 0, impact: null },
  risk: { maximumPositions: 1, killSwitch: null },
});

async function tradesOf(files: readonly InputFile[], study: unknown): Promise<Trade[]> {
  unwrap(await lab.importFiles(files, quiet));
  const { trades, equity } = unwrap<RunResult>(await lab.run(study, quiet));
  const hour = (step: number) =>
    new Date(equity.opens![step]! * 1000).toISOString().replace('.000', '');
  return Array.from({ length: trades.length }, (_, i): Trade => [
    hour(trades.entryStep[i]!),
    hour(trades.exitStep[i]!),
    trades.entryPrice[i]!,
    trades.exitPrice[i]!,
    exitReasons[trades.reason[i]!]!,
  ]);
}
const reasons: Readonly<Record<string, string>> = {
  roi: 'target',
  stop_loss: 'stop',
  trailing_stop_loss: 'trailing',
};
/** freqtrade's, by our words; those that its data end are open here. */
const theirs = ({ trades }: SetUp): Trade[] =>
  (trades as unknown as Trade[])
    .filter(([, , , , reason]) => reason !== 'force_exit')
    .map(([entry, exit, from, to, reason]) => [entry, exit, from, to, reasons[reason]!]);

const datasets = [
  ['hours made of the minutes', [file('minutes.csv', undefined)], '1h'],
  [
    'hours with the minutes as finer bars',
    [file('hours.csv', 'bars'), file('minutes.csv', 'detail')],
    'given',
  ],
] as const;

for (const [name, files, every] of datasets)
  test.each(['stop and target', 'tight'] as const)(`${name}: every trade of %s`, async (setUp) => {
    const expected = theirs(freqtrade[setUp]);
    const found = await tradesOf(files, studyOf(freqtrade[setUp], every));
    const places = ([entry, exit, , , reason]: Trade) => [entry, exit, reason];
    expect(found.map(places)).toEqual(expected.map(places));
    for (const [i, [, , from, to]] of found.entries()) {
      // freqtrade rounds prices to eight decimals.
      expect(from).toBeCloseTo(expected[i]![2], 7);
      expect(to).toBeCloseTo(expected[i]![3], 7);
    }
  });
/**
 * freqtrade raises a trailing stop by a bar's own high before it looks at its low; ours moves at the finer bar's close,
 * as nobody knows which came first. So it may leave where ours stays: then earlier, or in the same hour at a higher price.
 */
test('trailing stops differ where one finer bar raises the stop and touches it, and nowhere else', async () => {
  const expected = new Map(theirs(freqtrade.trailing).map((trade) => [trade[0], trade]));
  const found = await tradesOf(datasets[0][1], studyOf(freqtrade.trailing, '1h'));
  const common = found.filter(([entry]) => expected.has(entry));
  const different = common.filter(([entry, exit, , to]) => {
    const other = expected.get(entry)!;
    return other[1] !== exit || Math.abs(other[3] - to) > 1e-7;
  });
  expect(common.length).toBeGreaterThan(180);
  expect(different.length).toBeLessThan(0.1 * common.length);
  for (const [entry, exit, , to] of different) {
    const [, earlier, , higher] = expected.get(entry)!;
    expect(earlier < exit || (earlier === exit && higher > to)).toBe(true);
  }
});
