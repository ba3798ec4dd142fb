/** A look-ahead audit that is cut into parts: put together, they report what one audit does, of cheats too. */
import { beforeAll, expect, it } from 'vitest';
import type { Known, ReplayAnswer } from '../../src/domain/shards/answers.ts';
import { cheats } from '../../src/domain/validation/cheats/registry.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import type { Engine } from '../../workers/engines/engine.ts';
import { subjectOf } from '../../workers/services/audit/demonstration.ts';
import { auditSubject, partOfSubject } from '../../workers/services/audit/look-ahead.ts';

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
let engine: Engine;
beforeAll(async () => {
  engine = await startNodeEngine();
});

const never = (): never => {
  throw new Error('A look-ahead audit asks for replays alone.');
};
const knownOf = (answers: readonly ReplayAnswer[]): Known => ({
  trial: never,
  rotation: never,
  replay: ({ replay, point }) => ({
    ...answers.find((one) => one.replay === replay && one.point === point)!,
    file: 'shard-1-of-3.arrow',
  }),
});

/** The parts' answers; of a replay that two have, what one of them says. */
async function answersOf(subject: ReturnType<typeof subjectOf>): Promise<ReplayAnswer[]> {
  const answers: ReplayAnswer[] = [];
  for (const shard of [1, 2, 3]) {
    const part = await partOfSubject(subject, { shard, of: 3 }, { engine, ...quiet });
    answers.push(...part.answers);
  }
  return answers.sort((a, b) => Number(a.found === null) - Number(b.found === null));
}

/** Worlds that an audit enters but to see its subject with all data. */
async function entered(known: Known, subject: ReturnType<typeof subjectOf>) {
  let replays = 0;
  const onProgress = (label: string): void => void (replays += /\d of \d/.test(label) ? 1 : 0);
  const report = await auditSubject(subject, { engine, ...quiet, onProgress, known });
  return { report, replays };
}

it.each([
  ['centred-attention', 'plan'],
  ['revised-macro', 'plan'],
  ['centred-attention', 'honest'],
] as const)('of %s (%s)', async (id, kind) => {
  const cheat = cheats.find((one) => one.id === id)!;
  const subject = subjectOf(cheat, cheat[kind]);
  const alone = await auditSubject(subject, { engine, ...quiet });
  expect(alone.clean).toBe(kind === 'honest');
  const { report, replays } = await entered(knownOf(await answersOf(subject)), subject);
  expect(report).toEqual(alone);
  // What has found something is seen again.
  expect(replays).toBe(alone.replays.filter(({ found }) => found !== null).length);
});

it('is told where a part says of a replay what is not so', async () => {
  const cheat = cheats.find((one) => one.id === 'centred-attention')!;
  const subject = subjectOf(cheat, cheat.honest);
  const answers = await answersOf(subject);
  const wrong = answers.map((one, i) => (i === 4 ? { ...one, found: true } : one));
  await expect(entered(knownOf(wrong), subject)).rejects.toThrow(
    /shard-1-of-3.arrow: This shard says that a replay changed the past \(.*, point \d+\); here it does not./,
  );
});
