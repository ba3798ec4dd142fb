import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LabError } from '../../../src/domain/errors.ts';
import { Lab } from '../../../src/state/lab.ts';
import { ReplayState, pauseOf } from '../../../src/state/replay.svelte.ts';
import type { CallLab, LabMethod, RunResult } from '../../../src/wire/lab.ts';

const length = 100;
const day = Int32Array.from({ length }, (_, i) => 1000 + i);
const fills = { step: Int32Array.of(45, 70), length: 2 };
const answers: Partial<Record<LabMethod, object>> = {
  liveReplay: { equity: { day }, fills },
  outcomeFan: { reason: 'none here' },
};

/** A replay of 100 sessions with fills in two of them. */
function replay(call: (method: LabMethod) => unknown = (method) => answers[method]) {
  const asked: [LabMethod, unknown][] = [];
  const lab = Object.assign(new Lab(), {
    call: ((method, given) => {
      asked.push([method, given[0]]);
      return Promise.resolve(call(method));
    }) as CallLab,
  });
  const result = { equity: { day }, study: {} } as unknown as RunResult;
  return { player: new ReplayState(lab, result), asked };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('begins sixty sessions before the end, and plays at its pace until the end', async () => {
  const { player, asked } = replay();
  await player.open();
  await player.open();
  expect(asked).toEqual([
    ['liveReplay', undefined],
    ['outcomeFan', 39],
  ]);
  expect([player.start, player.at, player.playing]).toEqual([39, 39, false]);
  player.play();
  vi.advanceTimersByTime(1000);
  expect(player.at).toBe(44);
  player.choose('20');
  vi.advanceTimersByTime(1000);
  expect(player.at).toBe(64);
  vi.advanceTimersByTime(10_000);
  expect([player.at, player.playing]).toEqual([99, false]);
  player.play();
  expect([player.at, player.playing]).toEqual([39, true]);
  player.pause();
  vi.advanceTimersByTime(10_000);
  expect(player.at).toBe(39);
});

test('another start is that of a session; steps keep within; the newest fan counts', async () => {
  const { player, asked } = replay();
  await player.open();
  player.beginAt(1010.5);
  player.beginAt(1020);
  expect([player.start, player.at, player.fan]).toEqual([20, 20, null]);
  await vi.advanceTimersByTimeAsync(0);
  expect(player.fan).toEqual({ reason: 'none here' });
  expect(asked.slice(-2)).toEqual([
    ['outcomeFan', 11],
    ['outcomeFan', 20],
  ]);
  player.go(3);
  expect(player.at).toBe(20);
  player.go(500);
  expect(player.at).toBe(99);
  expect([player.index?.nextFill(20, 1), player.index?.nextFill(45, 1)]).toEqual([45, 70]);
  expect([player.index?.nextFill(70, 1), player.index?.nextFill(70, -1)]).toEqual([null, 45]);
});

test('a study that no market can trade is said so, and can be asked again', async () => {
  const { player } = replay(() => {
    throw new LabError({ kind: 'study', problem: 'No market fills that.' });
  });
  await player.open();
  expect([player.replay, player.task.error?.problem]).toEqual([null, 'No market fills that.']);
});

test('real time is the length of bars within a session, a minute else', () => {
  const clock = { places: [], placeOf: [] };
  expect(pauseOf('real', undefined)).toBe(60_000);
  expect(pauseOf('real', { ...clock, seconds: 86_400 })).toBe(60_000);
  expect(pauseOf('real', { ...clock, seconds: 300 })).toBe(300_000);
  expect(pauseOf('20', undefined)).toBe(50);
});
