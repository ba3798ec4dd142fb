/** A run says on how many dates symbols that were no members were compared, and where a symbol is none of the data's. */
import { beforeAll, expect, it } from 'vitest';
import { isoFromDay } from '../../src/domain/calendar.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

const quiet = (): void => undefined;
const days = Array.from({ length: 40 }, (_, i) => isoFromDay(18_000 + i));

/** Three symbols on forty days; CC, the strongest, leaves the universe after thirty. */
const bars = ['AA', 'BB', 'CC'].flatMap((symbol, s) =>
  days.map((day, i) => {
    const close = 100 + (s + 1) * i;
    return `${symbol},${day},${close},${close},${close},${close},1000`;
  }),
);
const universe = [`AA,${days[0]},`, `BB,${days[0]},`, `CC,${days[0]},${days[30]}`];

let lab: LabService;
beforeAll(async () => {
  lab = createLab(startNodeEngine);
  const file = (name: string, header: string, lines: readonly string[]) => ({
    name,
    content: new Blob([[header, ...lines].join('\n')]),
  });
  unwrap(
    await lab.importFiles(
      [
        { ...file('bars.csv', 'symbol,date,open,high,low,close,volume', bars), role: 'bars' },
        { ...file('universe.csv', 'symbol,from,to', universe), role: 'universe' },
      ],
      quiet,
    ),
  );
});

const study = (over: string) => ({
  strategy: {
    id: 'custom',
    parameters: {
      entry: `rank() OVER (PARTITION BY ${over} ORDER BY return(3) DESC) = 1`,
      exit: '',
      score: '',
    },
  },
  exits: { longestHolding: 1 },
  risk: { maximumPositions: 1 },
});

async function ran(over: string) {
  const { trades, notes } = unwrap(await lab.run(study(over), quiet));
  return {
    late: Array.from(trades.entryDay).filter((day) => day > 18_031).length,
    said: notes.map(({ text }) => text).filter((text) => text.includes('member')),
  };
}

it('where a non-member is the strongest no member is entered, and the run says so', async () => {
  const { late, said } = await ran('date');
  expect(late).toBe(0);
  expect(said).toEqual([
    'PARTITION BY date compared members of the universe with symbols that were none on 10 of 40 dates (25.0 %). Write PARTITION BY date, member() to compare members only.',
  ]);
});

it('among members the strongest of them is', async () => {
  const { late, said } = await ran('date, member()');
  expect(late).toBe(4);
  expect(said).toEqual([]);
});

it('a symbol that the data lack stops a run at its place', async () => {
  const entry = "close > of('A', close)";
  const reply = await lab.run({ strategy: { id: 'custom', parameters: { entry } } }, quiet);
  expect(reply).toMatchObject({
    error: {
      kind: 'study',
      problem: 'The data have no symbol “A”.',
      remedy: 'Did you mean AA?',
      place: { path: '/strategy/parameters/entry', line: 1, column: '12', value: "'A'" },
    },
  });
});
