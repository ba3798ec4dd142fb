/** What a run on bars of hours leaves in files, and what is known of its data, on the real engine. */
import { expect, it } from 'vitest';
import { shareThere } from '../../src/domain/quality.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { RunFile } from '../../src/domain/run.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { textOf } from '../pieces.ts';

const quiet = (): void => undefined;

/** Weekdays from 2024-02-01 to 2024-04-30, hourly from 9:30 in New York; of one week there are three bars a day. */
function hourly(): string {
  const lines = ['time,symbol,open,high,low,close'];
  for (let day = 19_754; day < 19_844; day++) {
    if ((day + 3) % 7 > 4) continue;
    const hours = day >= 19_788 && day < 19_793 ? 3 : 7;
    for (let hour = 9; hour < 9 + hours; hour++) {
      const close = 100 + ((day * 7 + hour * 3) % 11);
      const time = `${new Date(day * 86_400_000).toISOString().slice(0, 10)} ${String(hour).padStart(2, '0')}:30`;
      lines.push([time, 'ACME', close - 1, close + 2, close - 2, close].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

it('instants stand beside dates with their offset, before and after clocks change', async () => {
  const lab = createLab(startNodeEngine);
  const file = { name: 'hourly.csv', content: new Blob([hourly()]), exchange: 'XNYS' as const };
  const { quality, clock } = unwrap(await lab.importFiles([file], quiet));
  expect(clock?.seconds).toBe(3600);
  const shares = [0, 1, 2].map((month) => shareThere(quality.months!, 0, month));
  expect([shares[0]! > 0.99, shares[1]! < 0.95, shares[2]]).toEqual([true, true, 1]);

  unwrap(await lab.run({ strategy: { id: 'every-n-bars' } }, quiet));
  const linesOf = async (name: RunFile): Promise<string[]> =>
    (await textOf(unwrap(await lab.exportRun(name, quiet)).content)).split('\r\n');
  const [equity, features, fills, trades] = await Promise.all(
    (['equity', 'features', 'fills', 'trades'] as const).map((name) => linesOf(`${name}.csv`)),
  );
  expect(equity![0]).toMatch(/^date,known,equity/);
  expect(equity![1]).toMatch(/^2024-02-01,2024-02-01T10:30:00-05:00,/);
  expect(equity!.at(-2)).toMatch(/^2024-04-30,2024-04-30T16:00:00-04:00,/);
  expect(features![0]).toMatch(/^symbol,date,known,open/);
  expect(features![1]).toMatch(/^ACME,2024-02-01,2024-02-01T10:30:00-05:00,/);
  expect(fills![0]).toMatch(/^trade,symbol,date,known,side/);
  expect(trades![0]).toMatch(/signal_date,signal_at,entry_date,entry_at,exit_date,exit_at/);
});
