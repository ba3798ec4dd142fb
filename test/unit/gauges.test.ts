/** Gauges of runs on the real engine, held to what the same lab exports. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { gaugeKinds } from '../../src/domain/monitoring/gauge-kinds.ts';
import { sampleStudy } from '../../src/domain/study/study.ts';
import type { Finding } from '../../src/domain/validation/finding.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { FileRole, InputFile, LabService } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { textOf } from '../pieces.ts';

const quiet = (): void => undefined;
const file = (name: string, role: FileRole): InputFile => ({
  name,
  content: new Blob([readFileSync(`datasets/us-indices-2014-2018/${name}`)]),
  role,
});

describe('gauges of the last run', () => {
  let lab: LabService;
  beforeAll(async () => {
    lab = createLab(startNodeEngine, () => performance.now());
    const files = [file('bars.csv', 'bars'), file('macro.csv', 'macro')];
    unwrap(await lab.importFiles(files, quiet));
  });

  /** Runs a study; its gauges by name, each sample as [its own labels, value]. */
  const gaugesOf = async (study: unknown, findings: readonly Finding[] = []) => {
    const result = unwrap(await lab.run(study, quiet));
    const gauges = unwrap(await lab.gauges(findings));
    const samples = new Map(
      gauges.map(({ name, samples }) => [
        name,
        samples.map(({ labels: { study: _, strategy, dataset, ...labels }, value }) => ({
          labels,
          value,
        })),
      ]),
    );
    return { result, samples };
  };

  /** A column of features.csv at a symbol's last bar up to a date. */
  const exported = async (symbol: string, until: string, column: string): Promise<number> => {
    const { content } = unwrap(await lab.exportRun('features.csv', quiet));
    const [header = '', ...lines] = (await textOf(content)).trim().split('\r\n');
    const names = header.split(',');
    const rows = lines.map((line) => line.split(','));
    const last = rows.findLast(([name, date = '']) => name === symbol && date <= until);
    return Number(last?.[names.indexOf(column)]);
  };

  it('are the scores of the run’s end, where the range ends before the data', async () => {
    const study = { ...sampleStudy('harvester'), range: { from: null, to: '2018-02-08' } };
    const { result, samples } = await gaugesOf(study);
    const panic = samples.get('outsample_panic_score');
    expect(panic?.map(({ labels }) => labels)).toEqual([{ symbol: 'NASDAQ' }, { symbol: 'SP500' }]);
    for (const { labels, value } of panic ?? []) {
      const { symbol = '' } = labels as { symbol?: string };
      expect(value).toBe(await exported(symbol, '2018-02-08', 'panic_score'));
    }
    const gScore = await exported('SP500', '2018-02-08', 'g_score');
    expect(gScore).toBe(2); // VIX at 33, and the index had fallen by 8 %.
    expect(samples.get('outsample_g_score')?.map(({ value }) => value)).toEqual([gScore]);
    expect(samples.get('outsample_equity')?.[0]?.value).toBe(result.equity.equity.at(-1));
    expect(samples.get('outsample_last_session_timestamp_seconds')?.[0]?.value).toBe(
      Date.UTC(2018, 1, 8) / 1000,
    );
    expect(samples.get('outsample_run_duration_seconds')?.map(({ labels }) => labels)).toEqual(
      ['features', 'signals', 'simulation', 'results'].map((phase) => ({ phase })),
    );
  });

  it('have all that there is to say of the sample, in the order of their kinds', async () => {
    const { samples } = await gaugesOf(sampleStudy('harvester'), [
      { id: 'costs', level: 'green' } as Finding,
    ]);
    const names = Object.values(gaugeKinds).map(({ name }) => name);
    expect([...samples.keys()]).toEqual(names.filter((name) => !name.includes('last_run')));
  });

  it('have no Panic Score and no G-Score where the strategy has none', async () => {
    const { samples } = await gaugesOf(sampleStudy('moving-average-cross'));
    expect(samples.has('outsample_equity')).toBe(true);
    expect(samples.has('outsample_panic_score')).toBe(false);
    expect(samples.has('outsample_g_score')).toBe(false);
  });

  it('have the Panic Score that a person’s own expression asks for', async () => {
    const { samples } = await gaugesOf({
      strategy: { id: 'custom', parameters: { entry: 'panic_score() > 3' } },
    });
    expect(samples.get('outsample_panic_score')).toHaveLength(2);
  });

  it('leave a symbol out that has no Panic Score yet', async () => {
    const study = { ...sampleStudy('harvester'), range: { from: null, to: '2014-01-10' } };
    const { samples } = await gaugesOf(study);
    expect(samples.has('outsample_panic_score')).toBe(false);
  });
});
