import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Drift } from '../../../src/domain/live/drift.ts';
import { outsample } from './outsample.ts';

let folder = '';
let journal = '';
const bars = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n').slice(0, 121);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'outsample-live-'));
  journal = join(folder, 'live.sqlite');
  vi.stubEnv('XDG_STATE_HOME', folder);
  writeFileSync(
    join(folder, 'study.json'),
    JSON.stringify({
      strategy: { id: 'every-n-bars', parameters: { every: 4 } },
      exits: { longestHolding: 2 },
    }),
  );
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** The data grow to so many bars. */
function grown(length: number): string[] {
  const path = join(folder, 'SP500.csv');
  writeFileSync(path, bars.slice(0, length + 1).join('\n'));
  return ['--data', path];
}
const study = (): string => join(folder, 'study.json');
const look = (length: number, ...more: string[]) =>
  outsample('live', study(), ...grown(length), '--journal', journal, '--once', ...more);
/** Bars of the past are not stale here. */
const old = ['--data-age', '1e12', '--unproven', 'a test'];

interface Look {
  readonly equity: number;
  readonly positions: readonly { readonly symbol: string }[];
  readonly sent: readonly { readonly purpose: string; readonly state: string }[];
  readonly held: readonly { readonly why: string }[];
  readonly halted: string | null;
}
const told = async (length: number, ...more: string[]): Promise<Look> => {
  const { out, code, err } = await look(length, '--json', ...more);
  expect(code, err).toBe(0);
  return JSON.parse(out) as Look;
};

describe('outsample live', () => {
  it('feeds stored bars through the live path: the backtest’s orders, fills and curve to the bit', async () => {
    const { code, out } = await outsample('live', study(), ...grown(120), '--replay', '20');
    expect(code).toBe(0);
    expect(out).toContain('20 steps through the live path: ');
    expect(out).toContain('Fills, trades and curve are the backtest’s to the bit.');
  });

  it('trades on paper as the file grows, each look a process of its own, and ends where the backtest does', async () => {
    const first = await told(80, ...old);
    expect(first.positions).toEqual([]);
    const looks: Look[] = [];
    for (let length = 81; length <= 87; length++) looks.push(await told(length, ...old));
    // Looking again changes nothing.
    expect((await told(87, ...old)).sent).toEqual([]);
    const purposes = looks.flatMap(({ sent }) => sent.map(({ purpose }) => purpose));
    expect(purposes).toContain('enter');
    expect(purposes).toContain('leave');
    expect(looks.some(({ positions }) => positions.length === 1)).toBe(true);
    expect(new Set(looks.map(({ equity }) => equity)).size).toBeGreaterThan(2);
  }, 120_000);

  it('says how the fills were beside the simulator’s: on paper they are its own', async () => {
    const asked = (...more: string[]) =>
      outsample('live', study(), ...grown(87), '--journal', journal, '--drift', ...more);
    const out = join(folder, 'drift');
    const { code, out: text } = await asked('--out', out);
    expect(code).toBe(0);
    expect(text).toContain('Too few fills to hold the backtest to the market');
    expect(text).toMatch(/with 10 bps its fills cost what the market’s do/);
    const { drift } = JSON.parse((await asked('--json')).out) as { drift: Drift };
    expect(drift).toMatchObject({ slippage: 0, missed: 0, extra: 0 });
    expect(drift.compared).toBeGreaterThan(1);
    const [head, first] = readFileSync(join(out, 'drift.csv'), 'utf8').split('\r\n');
    expect(head).toBe('date,symbol,what,market,model,slippage');
    expect(first).toMatch(/^2000-\d\d-\d\d,SP500,entry,([\d.]+),\1,0$/);
    expect(JSON.parse(readFileSync(join(out, 'calibrated.json'), 'utf8'))).toMatchObject({
      costs: { slippage: 10 },
    });
    const none = await outsample(
      ...['live', study(), ...grown(87), '--journal', join(folder, 'none.sqlite'), '--drift'],
    );
    expect(none.err).toContain('does not trade this study at this broker');
  }, 60_000);

  it('holds an entry back where the data are old, and says so', async () => {
    const other = join(folder, 'old.sqlite');
    const held: string[] = [];
    for (let length = 80; length < 85; length++) {
      const { out } = await outsample(
        ...['live', study(), ...grown(length), '--journal', other, '--once', '--json'],
        ...['--unproven', 'a test'],
      );
      held.push(...(JSON.parse(out) as Look).held.map(({ why }) => why));
    }
    expect(held[0]).toMatch(/^The newest bar is old: another was to be there \d+ s ago/);
  }, 60_000);

  it('is halted by hand and goes on when it is told to', async () => {
    const halt = await outsample('halt', '--journal', journal);
    expect(halt).toMatchObject({ code: 0 });
    expect(halt.out).toContain('paper: halted');
    expect((await told(88, ...old)).halted).toBe('Halted by hand.');
    expect((await told(89, ...old, '--resume')).halted).toBeNull();
  }, 60_000);

  it('refuses what cannot be: no journal, another study at the same account, an unknown broker, a price that has passed', async () => {
    expect(await outsample('live', study(), ...grown(80), '--once')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Name one with --journal') as string,
    });
    const other = join(folder, 'other.json');
    writeFileSync(other, JSON.stringify({ strategy: { id: 'buy-and-hold' } }));
    let length = 90;
    while ((await told(length, ...old)).positions.length === 0) length++;
    const busy = await outsample(
      ...['live', other, ...grown(length), '--journal', journal, '--once', ...old],
    );
    expect(busy.err).toContain('Another study is traded at this account');
    expect((await look(90, '--broker', 'nobody')).err).toContain('There is no broker');
    writeFileSync(other, JSON.stringify({ execution: { fill: 'same-close' } }));
    const passed = await outsample('live', other, ...grown(80), '--journal', journal, '--once');
    expect(passed.err).toContain('/execution/fill');
  }, 60_000);

  it('examines a study before it trades, and does not let one trade that fails', async () => {
    const bad = join(folder, 'bad.json');
    writeFileSync(
      bad,
      JSON.stringify({
        strategy: { id: 'every-n-bars', parameters: { every: 4 } },
        exits: { longestHolding: 2 },
        costs: { commissionBps: 200 },
      }),
    );
    const { code, err } = await outsample(
      ...['live', bad, ...grown(60), '--journal', join(folder, 'bad.sqlite'), '--once'],
    );
    expect(code).toBe(2);
    expect(err).toContain('The study did not pass');
  }, 120_000);
});
