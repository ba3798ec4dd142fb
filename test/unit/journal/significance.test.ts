import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/domain/random.ts';
import type { RunRecord } from '../../../src/wire/journal.ts';
import type { SharpeComparison } from '../../../src/domain/journal.ts';
import { hex, journalOn, refusal, runAt, said } from './journals.ts';

/** Sessions from a day on, weekends too; growth by normal returns of one market, with something of its own. */
function curve(
  seed: number,
  { sessions = 300, from = 0, mean = 0 }: { sessions?: number; from?: number; mean?: number } = {},
): RunRecord['equity'] {
  const market = randomStream(1, 'market');
  const own = randomStream(seed, 'own');
  let equity = 100_000;
  const values = Float64Array.from({ length: sessions + from }, () => {
    equity *= 1 + mean + 0.01 * (0.9 * market.normal() + 0.45 * own.normal());
    return equity;
  });
  return {
    day: Int32Array.from({ length: sessions }, (_, i) => 16_000 + from + i),
    equity: values.slice(from),
  };
}

/** Each with a digest of its own, unless told. */
async function compared(
  ...runs: readonly Partial<RunRecord>[]
): Promise<readonly SharpeComparison[]> {
  const journal = journalOn();
  const ids: string[] = [];
  for (const [i, run] of runs.entries()) {
    const digests = { trades: hex('1'), equity: hex(String(i)), metrics: hex('3') };
    ids.push(await said(journal.recordRun(runAt(i + 1, { digests, ...run }))));
  }
  return said(journal.compareSharpe(ids));
}

describe('the Sharpe ratios of pinned runs', () => {
  it('are compared with the first run’s, a year, over the sessions in common', async () => {
    const [better, alike] = await compared(
      { equity: curve(1) },
      { equity: curve(2, { from: 100, mean: 0.002 }) },
      { equity: curve(3) },
    );
    expect(better).toMatchObject({
      ...{ kind: 'tested', sessions: 200, from: 16_100, to: 16_299, samples: 999 },
    });
    if (better?.kind !== 'tested' || alike?.kind !== 'tested') throw new Error('Not tested.');
    expect(better.difference).toBeCloseTo(better.run - better.base, 12);
    expect(better.low).toBeGreaterThan(0);
    expect(better.corrected).toBe(2 * better.pValue); // Of two, the smaller.
    expect(alike.corrected).toBe(alike.pValue);
    expect(alike.low < 0 && alike.high > 0).toBe(alike.pValue >= 0.05);
  });

  it('give the same numbers whenever they are asked for', async () => {
    const runs = [{ equity: curve(1) }, { equity: curve(2) }];
    expect(await compared(...runs)).toEqual(await compared(...runs));
  });

  it('are those of excess returns, at each study’s own rate', async () => {
    const study = (riskFreeRate: number) =>
      JSON.stringify({ name: 'x', strategy: { id: 'harvester' }, metrics: { riskFreeRate } });
    const [found] = await compared(
      { equity: curve(1), study: study(0) },
      { equity: curve(1), study: study(0.1) },
    );
    expect(found).toMatchObject({ kind: 'tested' });
    if (found?.kind === 'tested') expect(found.difference).toBeLessThan(-0.4); // 10 % ÷ 19 % a year.
  });

  const constant = { ...curve(1), equity: new Float64Array(300).fill(5) };
  const lost = { ...curve(1), equity: curve(1).equity.map((value, i) => (i > 200 ? 0 : value)) };
  it.each([
    ['the same curve', { equity: curve(2), digests: runAt(1).digests }, { kind: 'same' }],
    [
      'too few sessions in common',
      { equity: curve(2, { from: 250 }) },
      { kind: 'few-sessions', sessions: 50 },
    ],
    [
      'a curve that is not kept',
      { equity: { day: new Int32Array(), equity: new Float64Array() } },
      { kind: 'no-curve', base: false, run: true },
    ],
    ['a flat curve', { equity: constant }, { kind: 'flat', base: false, run: true }],
    ['a ruin', { equity: lost }, { kind: 'ruined', base: false, run: true }],
  ])('are not tested on %s', async (_, run, said) => {
    expect(await compared({ equity: curve(1), digests: runAt(1).digests }, run)).toEqual([said]);
  });

  it('of four runs over 5,000 sessions are there within seconds, and a newer question ends an older one', async () => {
    const journal = journalOn();
    const ids: string[] = [];
    for (const seed of [1, 2, 3, 4]) {
      const digests = { trades: hex('1'), equity: hex(String(seed)), metrics: hex('3') };
      const equity = curve(seed, { sessions: 5000 });
      ids.push(await said(journal.recordRun(runAt(seed, { digests, equity }))));
    }
    const older = journal.compareSharpe(ids.slice(0, 2));
    const start = performance.now();
    const newer = said(journal.compareSharpe(ids));
    expect((await refusal(older)).kind).toBe('cancelled');
    expect(await newer).toHaveLength(3);
    const took = performance.now() - start;
    expect(took).toBeLessThan(10_000); // 0.8 s on an idle core.
  });
});
