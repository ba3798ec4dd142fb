import { configureSync, resetSync } from '@logtape/logtape';
import { afterEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../src/domain/errors.ts';
import { errorData, reply } from '../../../src/wire/errors.ts';
import { logged } from '../../../src/wire/log/calls.ts';
import { failureFacts } from '../../../src/wire/log/failure.ts';
import { type LogLine, oneSink } from '../../../src/wire/log/line.ts';
import { loggerOf, root } from '../../../src/wire/log/logger.ts';
import { Ring } from '../../../src/wire/log/ring.ts';
import { encodings, secrets, traces } from '../../secrets.ts';

/** Collects what a log gives out, as its text and as its lines. */
function listening(): { text: () => string; lines: () => readonly LogLine[] } {
  const all: string[] = [];
  configureSync({
    sinks: { sink: oneSink((line) => all.push(line)) },
    loggers: [
      { category: root, lowestLevel: 'debug', sinks: ['sink'] },
      { category: ['logtape', 'meta'], lowestLevel: 'warning', sinks: ['sink'] },
    ],
  });
  return { text: () => all.join('\n'), lines: () => all.map((one) => JSON.parse(one) as LogLine) };
}
afterEach(() => resetSync());

describe('a log', () => {
  it('is JSON by lines: time, level, module, message, run, phase, milliseconds, facts', () => {
    const { lines } = listening();
    loggerOf('lab').info('run: done', { run: 3, phase: 'signals', ms: 12.4, trades: 130 });
    expect(lines()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        ...{ level: 'info', module: 'lab', message: 'run: done', run: 3, phase: 'signals', ms: 12 },
        facts: { trades: 130 },
      },
    ]);
  });

  it.each(secrets)(
    'tells nothing of %s, wherever it stands and however it is written',
    (secret) => {
      const { text } = listening();
      const logger = loggerOf('page');
      for (const encode of encodings) {
        const planted = encode(secret);
        logger.error(`It failed with ${planted} and ended`);
        logger.error('It failed: {it}', { it: `said ${planted}.` });
        logger.error('A cause', { error: new Error('outer', { cause: new Error(planted) }) });
        logger.error('Facts', { deep: { list: [planted] }, [planted]: 1, password: planted });
        const error = new LabError({
          ...{ kind: 'engine', problem: `It broke: ${planted}`, cause: planted },
          place: { file: planted, value: planted },
        });
        logger.error('A failure', { ...failureFacts(errorData(error)) });
      }
      for (const trace of traces(secret)) expect(text()).not.toContain(trace);
      expect(text()).not.toMatch(/undefined|\[object/);
    },
  );

  it('leaves what is no secret: digests, names of files, milliseconds', () => {
    const { lines } = listening();
    const facts = { study: 'a1'.repeat(32), file: 'SP500_daily-2020.csv', bars: 1_258, bad: NaN };
    loggerOf('lab').info('run: done', facts);
    expect(lines()[0]?.facts).toEqual({ ...facts, bad: null });
  });

  it('tells a failure without values, SQL and quoted texts', () => {
    const error = new LabError({
      ...{ kind: 'engine', problem: 'No column “price of mine” in “x.csv”.' },
      ...{ sql: 'SELECT 42', cause: "Could not convert string '100.25' to INT32" },
      place: { file: 'x.csv', line: 7, column: 'my prices', value: '100.25' },
    });
    expect(JSON.stringify(failureFacts(errorData(error)))).toBe(
      `{"kind":"engine","file":"x.csv","line":7,"column":"…","problem":"No column “…” in “…”.","cause":"Could not convert string '…' to INT32"}`,
    );
  });
});

describe('a logged service', () => {
  it('tells every call: its phases, its end, its facts, or how it failed', async () => {
    const { lines } = listening();
    const service = logged(
      'lab',
      {
        run: (study: string, onProgress: (at: object) => void) =>
          reply(() => {
            for (const phase of ['features', 'features', 'signals'])
              onProgress({ phase, label: '', ratio: 0 });
            return { trades: study.length };
          }),
        fail: () =>
          reply(() => {
            throw new LabError({ kind: 'data', problem: 'There is no run yet.' });
          }),
        cancel: () => undefined,
      },
      { reports: (method) => method === 'run', facts: { run: (answer: object) => answer } },
    );
    const heard: object[] = [];
    await service.run('abc', (at) => heard.push(at));
    await service.fail();
    service.cancel();
    expect(heard).toHaveLength(3);
    expect(
      lines().map(({ level, message, run, phase, facts }) => ({
        level,
        message,
        run,
        phase,
        facts,
      })),
    ).toEqual([
      { level: 'debug', message: 'run: called', run: 1 },
      { level: 'debug', message: 'run: phase', run: 1, phase: 'features' },
      { level: 'debug', message: 'run: phase', run: 1, phase: 'signals' },
      { level: 'info', message: 'run: done', run: 1, facts: { trades: 3 } },
      { level: 'debug', message: 'fail: called', run: 2 },
      {
        ...{ level: 'warning', message: 'fail: failed', run: 2 },
        facts: { kind: 'data', problem: 'There is no run yet.' },
      },
      { level: 'debug', message: 'cancel: called', run: 3 },
    ]);
  });
});

it('a ring keeps the newest', () => {
  const ring = new Ring(2);
  for (const message of ['a', 'b', 'c']) ring.take(JSON.stringify({ message }));
  expect(ring.lines.map(({ message }) => message)).toEqual(['b', 'c']);
});
