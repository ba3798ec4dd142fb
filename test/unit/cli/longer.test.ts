/** A study on bars of hours that looks at days and weeks, through the command. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { randomStream } from '../../../src/domain/random.ts';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-longer-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** Weekdays of twelve weeks, each with the hours of New York from 9:30 on. */
function hourly(): string {
  const { uniform } = randomStream(3, 'hours');
  const lines = ['time,symbol,open,high,low,close,volume'];
  let price = 100;
  for (let day = 19_636; day < 19_720; day++) {
    if ((day + 3) % 7 > 4) continue;
    const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
    for (let hour = 9; hour < 16; hour++) {
      const open = price;
      price *= 1 + (uniform() - 0.5) * 0.01;
      const range = [Math.max(open, price) * 1.001, Math.min(open, price) * 0.999];
      const prices = [open, ...range, price].map((one) => one.toFixed(2));
      lines.push(`${date} ${String(hour).padStart(2, '0')}:30,ACME,${prices.join(',')},1000`);
    }
  }
  return `${lines.join('\n')}\n`;
}
const data = [write('hourly.csv', hourly()), '--exchange', 'XNYS'];

const study = (entry: string): string =>
  write('study.json', JSON.stringify({ strategy: { id: 'custom', parameters: { entry } } }));

it('runs, and its columns have the value of the newest day that is over', async () => {
  const out = join(folder, 'out');
  const asked = study('close > daily(close) AND weekly(rsi(2)) < 80');
  const { code, out: said } = await outsample('run', asked, '--data', ...data, '--out', out);
  expect(code).toBe(0);
  expect(said).toMatch(/Trades +[1-9]/);
  expect(said).not.toMatch(/NaN|Infinity|undefined|\[object/);
  const [header, ...lines] = readFileSync(join(out, 'features.csv'), 'utf8').trim().split('\n');
  const names = header!.split(',');
  const bars = lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i]!]));
  });
  expect(names).toContain('weekly(rsi(2))');
  // In all hours a day is over at midnight: the close of the day before.
  const last = new Map(bars.map(({ date, close }) => [date!, close!]));
  const days = [...last.keys()];
  expect(bars.map((bar) => bar['daily(close)'])).toEqual(
    bars.map(({ date }) => last.get(days[days.indexOf(date!) - 1]!) ?? ''),
  );
});

it.each([
  ["close > every('30min', close)", 9, 'Bars for every() cannot be made: these last 3600 seconds.'],
  ["every('1h', sma(3)) > 1", 1, 'every() is of bars no longer than the study’s own.'],
])('%s is refused at its place', async (entry, column, problem) => {
  const { code, err } = await outsample('run', study(entry), '--data', ...data);
  expect(code).not.toBe(0);
  expect(err).toContain(problem);
  expect(err).toContain(`line 1, column “${column}”`);
});
