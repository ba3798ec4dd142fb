/** Searches that choose as they go, from the command: what is printed and refused. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-adaptive-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const place = (name: string): string => join(folder, name);
const study = place('study.json');
writeFileSync(
  study,
  JSON.stringify({
    strategy: { id: 'moving-average-cross' },
    validation: { walkForward: { minimumTrades: 2 } },
  }),
);
const bars = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n').slice(0, 200);
writeFileSync(place('SP500.csv'), bars.join('\n'));
const given = [study, '--data', place('SP500.csv'), '--vary', 'fast=2:20', 'slow=21:40'];
const halving = ['--method', 'halving', '--trials', '12'];
const evolution = ['--method', 'evolution', '--trials', '12'];

describe('a search that chooses as it goes', () => {
  it('says what became of its sets, and that those left are no fair choice', async () => {
    const returns = place('returns.csv');
    const { code, out, err } = await outsample(
      'search',
      ...given,
      ...halving,
      '--returns',
      returns,
    );
    expect(code).toBe(0);
    expect(out).toContain('4 of 12 trials over');
    expect(out).toContain('Rung 1: 12 trials on the first 67 of 199 sessions; 8 went no further.');
    expect(out).toContain('Rung 2: 4 trials on all 199 sessions.');
    expect(out).toContain('The best of 12 trials is good by luck alone: audit says how good;');
    expect(err).toContain('a test of the choice among them would be too kind.');
    expect(readFileSync(returns, 'utf8').split('\n', 1)[0]!.split(',')).toHaveLength(5);
  });

  it('halves over symbols where it is asked to', async () => {
    const call = ['search', ...given, ...halving, '--budget', 'symbols', '--json'];
    const { out } = await outsample(...call);
    // There is one.
    expect(JSON.parse(out)).toMatchObject({ asked: 12, halving: { budget: 'symbols', whole: 1 } });
    const refused = await outsample('search', study, '--budget', 'money');
    expect(refused.err).toContain('Allowed choices are sessions, symbols.');
  });

  it.each([halving, evolution])('is refused by a walk-forward: %s %s', async (...method) => {
    const { code, out, err } = await outsample('walk-forward', ...given, ...method);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('would know what comes after it');
    expect(err).toContain('Search by grid, random or latin-hypercube');
  });
});
