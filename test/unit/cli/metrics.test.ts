import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { MetricsOptions } from '../../../src/cli/options.ts';
import { metricsCommand } from '../../../src/cli/metrics.ts';
import type { Gauge } from '../../../src/domain/monitoring/gauges.ts';
import { nothingExamined } from '../../../src/domain/validation/examination.ts';

/** The examinations take long, and have tests of their own. */
vi.mock('../../../src/cli/audit.ts', () => ({
  examine: () => ({ ...nothingExamined, lookAhead: { clean: true, replays: [], notes: [] } }),
}));

const folder = mkdtempSync(join(tmpdir(), 'outsample-metrics-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const write = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const lines = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n');
const cross = { id: 'moving-average-cross', parameters: { fast: 4, slow: 10 } };
const study = write('study.json', JSON.stringify({ name: 'Cross', strategy: cross }));
const bars = (sessions: number): string =>
  write('SP500.csv', lines.slice(0, sessions + 1).join('\n'));

/** Runs the command; what it printed. */
async function metrics(options: MetricsOptions): Promise<string> {
  const printed: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  await metricsCommand(study, { data: [bars(100)], ...options });
  return printed.join('');
}

describe('outsample metrics', () => {
  it('prints the gauges, as text or as JSON', async () => {
    const text = await metrics({});
    expect(text).toMatch(/^# HELP outsample_build_info /);
    expect(text).toMatch(
      /\noutsample_equity\{study="Cross",strategy="moving-average-cross",dataset="[0-9a-f]{12}"\} \d+/,
    );
    expect(text).toMatch(/\noutsample_finding_level\{.*finding="look-ahead"\} -1\n/);
    expect(text.endsWith('\n')).toBe(true);
    const gauges = JSON.parse(await metrics({ json: true })) as Gauge[];
    expect(text.match(/^# TYPE \S+/gm)).toEqual(gauges.map(({ name }) => `# TYPE ${name}`));
  });

  it('examines the run with --audit, and writes a file in one step', async () => {
    const out = join(folder, 'outsample.prom');
    expect(await metrics({ audit: true, out })).toBe('');
    expect(readFileSync(out, 'utf8')).toMatch(/finding="look-ahead"\} 0\n/);
    expect(readdirSync(folder).filter((name) => name.includes('.prom'))).toEqual([
      'outsample.prom',
    ]);
  });

  it('serves them, and reads the data anew for every run', async () => {
    const said: string[] = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const ended = metricsCommand(study, { data: [bars(100)], port: 0, every: 1 });
    const lastSession = async (): Promise<string | undefined> => {
      const url = /http:\S+metrics/.exec(said.join(''))?.[0] ?? '';
      const text = await (await fetch(url)).text();
      return /\noutsample_last_session_timestamp_seconds\{.*\} (\d+)/.exec(text)?.[1];
    };
    const seconds = (row: number): string =>
      String(Date.parse(`${lines[row]?.split(',')[0] ?? ''}T00:00:00Z`) / 1000);
    const within = { timeout: 30_000, interval: 100 };
    await vi.waitFor(async () => expect(await lastSession()).toBe(seconds(100)), within);
    bars(120);
    await vi.waitFor(async () => expect(await lastSession()).toBe(seconds(120)), within);
    process.emit('SIGTERM');
    await ended;
  });

  it.each<[MetricsOptions, string]>([
    [{ port: 65_536 }, 'This is no port. Found “65536”.'],
    [{ port: NaN }, 'This is no port.'],
    [{ every: 5 }, '--every and --host go with --port only.'],
    [{ port: 0, every: 0 }, 'This is no time between runs. Found “0”.'],
    [{ port: 0, out: 'x.prom' }, '--port serves the gauges and writes none.'],
    [{ out: '/nowhere/x.prom' }, 'This file cannot be written (ENOENT).'],
  ])('refuses %j', async (options, problem) => {
    await expect(metrics(options)).rejects.toThrow(problem);
  });
});
