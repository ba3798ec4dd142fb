import { expect, test } from 'vitest';
import {
  type Told,
  type WatchedRun,
  failureOf,
  longWork,
  noticesOf,
} from '../../../src/domain/monitoring/notices.ts';
import type { Alert } from '../../../src/domain/run.ts';
import type { Finding, Level } from '../../../src/domain/validation/finding.ts';

const finding = (id: string, level: Level): Finding => ({
  ...{ id, level, title: id, text: '', threshold: '', source: '', change: '' },
});

/** A run over days 1, 2, … with these closes. */
const run = (
  closes: readonly number[],
  alerts: readonly Alert[],
  beside: Partial<WatchedRun> = {},
): WatchedRun => ({
  alerts,
  equity: {
    day: Int32Array.from(closes, (_, i) => i + 1),
    equity: Float64Array.from(closes),
  },
  initialCash: 100,
  findings: [],
  took: 10,
  ...beside,
});
const drawdown = (value: number, day: number): Alert => ({ kind: 'drawdown', value, day });
const kill = (day: number): Alert => ({ kind: 'kill-switch', value: 0.9, day });
const kinds = (given: WatchedRun, before: Told | null = null): readonly string[] =>
  noticesOf(given, before).notices.map((one) =>
    one.kind === 'alarm'
      ? `${one.alarm.kind} ${one.alarm.value} on ${one.alarm.day}`
      : one.kind === 'finding'
        ? one.finding.id
        : one.kind,
  );

test('at first: the deepest level of a drawdown that holds, alarms of the last session, what is red', () => {
  const falls = run(
    [100, 94, 89, 101, 95, 90],
    [
      ...[drawdown(0.05, 2), drawdown(0.1, 3), kill(3)],
      ...[drawdown(0.05, 5), drawdown(0.1, 6), kill(6)],
    ],
  );
  expect(kinds(falls)).toEqual(['kill-switch 0.9 on 6', 'drawdown 0.1 on 6']);
  const recovered = run([100, 94, 89, 101], [drawdown(0.05, 2), drawdown(0.1, 3), kill(3)]);
  expect(kinds(recovered)).toEqual([]);
  const findings = [finding('look-ahead', 'red'), finding('fills', 'amber')];
  expect(kinds(run([100], [], { findings }))).toEqual(['look-ahead']);
});

test('told once: again only for what sessions since have brought', () => {
  const first = run([100, 94], [drawdown(0.05, 2)]);
  const { told } = noticesOf(first, null);
  expect(kinds(first, told)).toEqual([]);
  const deeper = run([100, 94, 94.5, 89], [drawdown(0.05, 2), drawdown(0.1, 4)]);
  expect(kinds(deeper, told)).toEqual(['drawdown 0.1 on 4']);
  const passed = run([100, 94, 89, 101], [drawdown(0.05, 2), drawdown(0.1, 3)]);
  expect(kinds(passed, told)).toEqual([]); // It is over.
  expect(kinds(run([100], []), told)).toEqual([]); // Less data than before.
  expect(noticesOf(run([100], []), told).told.through).toBe(2);
});

test('a red finding is told anew only after it was green', () => {
  const levels: readonly Level[] = ['red', 'amber', 'red', 'open', 'red', 'green', 'red'];
  let told: Told | null = null;
  const said = levels.map((level) => {
    const next = noticesOf(run([100], [], { findings: [finding('costs', level)] }), told);
    told = next.told;
    return next.notices.length;
  });
  expect(said).toEqual([1, 0, 0, 0, 0, 0, 1]);
});

test('long work is told, short work is not; a failure once until a success', () => {
  expect(kinds(run([100], [], { took: longWork }))).toEqual(['done']);
  const failed = failureOf('The file has gone.', null);
  expect(failed.notices).toEqual([{ kind: 'failed', why: 'The file has gone.' }]);
  expect(failureOf('Still gone.', failed.told).notices).toEqual([]);
  const { told } = noticesOf(run([100], []), failed.told);
  expect(failureOf('Gone again.', told).notices).toHaveLength(1);
});
