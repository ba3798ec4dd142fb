/** What a run says of itself where nothing happened, by the real engine. */
import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../src/wire/errors.ts';
import type { LabService } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

const quiet = (): void => undefined;
const day = (i: number): string => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
const rows = Array.from({ length: 120 }, (_, i) => {
  const price = 100 + (i % 7);
  return [`${day(i)},A,${price},${price + 1},${price - 1},${price},1000`].concat(
    i < 60 ? [`${day(i)},GONE,5,5,5,5,1000`] : [],
  );
}).flat();

describe('a run says', () => {
  let lab: LabService;
  beforeAll(async () => {
    lab = createLab(() => startNodeEngine());
    const content = new Blob([['date,symbol,open,high,low,close,volume', ...rows].join('\n')]);
    unwrap(await lab.importFiles([{ name: 'bars.csv', content, role: 'bars' }], quiet));
  });
  const notesOf = async (study: object): Promise<string> =>
    unwrap(await lab.run(study, quiet))
      .notes.map(({ text }) => text)
      .join('\n');

  it('how the score lay to its threshold where it never entered', async () => {
    const parameters = { entryThreshold: 50, cri: { enabled: false } };
    expect(await notesOf({ strategy: { id: 'harvester', parameters } })).toMatch(
      /Never entered: no signal on 180 bars\. Panic Score was above 50 on 0 of 180, from 0 to 0\.\d+\./,
    );
  });

  it('what was held to the end at a stale close', async () => {
    expect(await notesOf({ strategy: { id: 'buy-and-hold' } })).toMatch(
      /held at the last close to the end: GONE \(2024-02-29\), [\d,.]+ in all\. Give a universe file/,
    );
  });
});
