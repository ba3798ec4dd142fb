import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide, type Known } from '../../src/domain/live/decision.ts';
import { liveSettings } from '../../src/domain/live/gate.ts';
import { phases, type Replay, replayed } from '../../src/domain/live/replay.ts';
import { stepTimes } from '../../src/domain/market.ts';
import { exitReasons } from '../../src/domain/run.ts';
import { firstDay } from '../unit/domain/execution/market-builder.ts';
import {
  cutAfter,
  fixed,
  holding,
  plan,
  planWithTerms,
  settings,
  weighted,
  type World,
  worldOf,
} from './execution-worlds.ts';

const alive = {
  execution: { endOfData: 'mark', unfilled: 'cancel' },
  risk: { accounts: 'shared' },
} as const;
const fill = fc.constantFrom('next-open' as const, 'next-close' as const);
const worlds = fc.oneof(
  fc
    .tuple(fc.oneof(plan, planWithTerms), settings, fill)
    .map(([plan, own, fill]) => worldOf(plan, fixed(fixed(own, alive), { execution: { fill } }))),
  fc
    .tuple(plan, weighted, fill)
    .map(([plan, own, fill]) => holding(plan, fixed(fixed(own, alive), { execution: { fill } }))),
);

const knownOf = ({ market, signals, settings }: World): Known => ({
  market,
  signals,
  settings: liveSettings(settings),
  steps: stepTimes(market, -Infinity, Infinity),
});

const infinite = (value: number): number | null => (Number.isFinite(value) ? value : null);

it('what a replay shows at a step is what is decided there by whoever knows nothing of what follows', () => {
  let stood = 0;
  let told = 0;
  fc.assert(
    fc.property(worlds, fc.nat(), (world, n) => {
      const known = knownOf(world);
      const replay = replayed(known);
      const { day } = known.steps;
      const step = n % day.length;
      const cut = cutAfter(world, day[step]! - firstDay);
      const next = { day: day[step + 1] ?? day[step]! + 1 };
      const decided = decide(knownOf(cut), next, null);
      const { positions, entries } = decided.standing;
      stood += positions.length + entries.length;
      told += replay.alertStep.filter((at) => at <= step).length;

      const whole = (symbol: number, row: number): number =>
        row - cut.market.firstRow[symbol]! + world.market.firstRow[symbol]!;
      expect(positionsAt(replay, step)).toEqual(
        positions.map(({ symbol, side, quantity, ordered, stop, target, mark, ...more }) => ({
          ...{ symbol, side, quantity, ordered, mark },
          ...{ stop: infinite(stop), target: infinite(target) },
          signalRow: whole(symbol, more.signalRow),
        })),
      );
      expect(entriesAt(replay, step)).toEqual(
        entries.map(({ symbol, side, signalRow }) => [symbol, side, whole(symbol, signalRow)]),
      );
      expect(replay.equity.equity[step]).toBe(decided.equity);
      expect(replay.equity.cash[step]).toBe(decided.cash);
      expect(replay.alerts.filter((_, i) => replay.alertStep[i]! <= step)).toEqual(decided.alerts);
    }),
    { seed: 20261130, numRuns: 300 },
  );
  expect(stood).toBeGreaterThan(300);
  expect(told).toBeGreaterThan(50);
});

it('signals and orders each come to one thing, and fills stand where in their bars they were', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(worlds, (world) => {
      const { fills, phase, outcomes, entries } = replayed(knownOf(world));
      const sum = (column: Int32Array): number => column.reduce((all, one) => all + one, 0);
      const { signals, capped: _, ...others } = outcomes;
      for (const [outcome, column] of Object.entries(outcomes))
        if (sum(column) > 0) seen.add(outcome);
      const ended = Object.values(others).reduce((all, column) => all + sum(column), 0);
      // What still waits has come to nothing yet.
      expect(sum(signals) - ended).toBe(lengthAtEnd(entries));
      expect(phase).toHaveLength(fills.length);
      for (const at of phase) seen.add(phases[at]!);
    }),
    { seed: 20261130, numRuns: 100 },
  );
  expect([...seen]).toEqual(
    expect.arrayContaining(['signals', 'filled', 'noSlot', 'noPower', 'open', 'inside', 'close']),
  );
});

const lengthAtEnd = ({ start }: Replay['entries']): number => start.at(-1)! - start.at(-2)!;

function positionsAt({ positions: { start, spell, mark, spells } }: Replay, step: number) {
  return Array.from({ length: start[step + 1]! - start[step]! }, (_, i) => {
    const place = start[step]! + i;
    const at = spell[place]!;
    return {
      symbol: spells.symbol[at],
      side: spells.side[at],
      quantity: spells.quantity[at],
      ordered: exitReasons[spells.ordered[at]!] ?? null,
      mark: mark[place],
      stop: infinite(spells.stop[at]!),
      target: infinite(spells.target[at]!),
      signalRow: spells.signalRow[at],
    };
  });
}

function entriesAt({ entries: { start, symbol, side, signalRow } }: Replay, step: number) {
  return Array.from({ length: start[step + 1]! - start[step]! }, (_, i) => {
    const place = start[step]! + i;
    return [symbol[place], side[place], signalRow[place]];
  });
}
