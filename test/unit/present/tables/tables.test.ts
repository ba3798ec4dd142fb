import { expect, test } from 'vitest';
import type { FileTable } from '../../../../src/domain/file-table.ts';
import type { OverfittingReport } from '../../../../src/domain/validation/statistics/report.ts';
import { findingsTable } from '../../../../src/present/tables/findings.ts';
import { metricsTable } from '../../../../src/present/tables/metrics.ts';
import { type Way, besideTable } from '../../../../src/present/tables/beside.ts';
import { regimesOf, regimesTable } from '../../../../src/present/tables/regimes.ts';
import { replaysTable } from '../../../../src/present/tables/replays.ts';
import { resamplesOf, resamplesTable } from '../../../../src/present/tables/resamples.ts';
import { universeRuns, universeRunsTable } from '../../../../src/present/tables/survivorship.ts';
import { yearsTable } from '../../../../src/present/tables/years.ts';
import { csvTextOf } from '../../../pieces.ts';

const common = {
  group: 'risk',
  unit: 'ratio',
  definition: 'What it is.',
  formula: 'a ÷ b',
} as const;

test('metrics: a value, or why there is none; of one that is not shown both', async () => {
  const sortino = {
    ...{ ...common, id: 'sortino', label: 'Sortino ratio' },
    ...{ value: null, reason: 'No losses, none.' },
  };
  const sharpe = { ...common, id: 'sharpe', label: 'Sharpe ratio', value: 0.1 + 0.2 };
  const cagr = { ...common, id: 'cagr', label: 'CAGR', value: 9 };
  const shown = [sharpe, sortino, { ...cagr, value: null, reason: 'Too short.' }];
  const csv = await csvTextOf(metricsTable([sharpe, sortino, cagr], shown));
  expect(csv.split('\r\n')).toEqual([
    'id,group,metric,value,unit,reason,definition,formula',
    'sharpe,risk,Sharpe ratio,0.30000000000000004,ratio,,What it is.,a ÷ b',
    'sortino,risk,Sortino ratio,,ratio,"No losses, none.",What it is.,a ÷ b',
    'cagr,risk,CAGR,9,ratio,Too short.,What it is.,a ÷ b',
    '',
  ]);
});

test('years and findings, a line each', async () => {
  const year = {
    year: 2014,
    sessions: 252,
    equity: 101,
    change: 0.01,
    benchmarkChange: 0.1,
    deepest: -0.2,
  };
  expect((await csvTextOf(yearsTable([year]))).split('\r\n')[1]).toBe('2014,252,101,0.01,0.1,-0.2');
  const finding = {
    id: 'fills',
    level: 'green',
    title: 'T',
    text: 'X',
    threshold: 'H',
    source: 'S',
    change: '',
  } as const;
  expect((await csvTextOf(findingsTable([finding]))).split('\r\n')[1]).toBe('fills,green,T,X,H,S,');
});

const linesOf = async (table: FileTable) => (await csvTextOf(table)).trimEnd().split('\r\n');

test('what the audits found: numbers as they are, what was not tried as empty cells', async () => {
  const replay = {
    ...({ replay: 'cut', unit: 'session', exhaustive: true } as const),
    ...{ found: null, text: 'Cut: no.' },
  };
  expect(
    await linesOf(
      replaysTable([
        { ...replay, notApplicable: null, tried: 5, of: 9 },
        { ...replay, notApplicable: 'No bars.', tried: 0, of: 0 },
      ]),
    ),
  ).toEqual(['replay,tried,sessions,found_on,found', 'cut,5,9,,Cut: no.', 'cut,,,,Cut: no.']);
  const bySteps = { ...replay, unit: 'step' as const, notApplicable: null, tried: 5, of: 900 };
  expect(await linesOf(replaysTable([bySteps]))).toEqual([
    'replay,tried,steps,found_on,found',
    'cut,5,900,,Cut: no.',
  ]);

  const figures = { cagr: 0.1, sharpe: 1.25, maxDrawdown: -0.2, trades: 7 };
  const rerun = {
    ...{ title: 'Survivors', bias: 'delisting' as const, symbols: 3 },
    ...{ figures: null, difference: null, reason: 'None ended.' },
  } as const;
  const report = {
    ...{ symbols: 4, full: figures, reruns: [rerun] },
    stress: [{ adverse: 0.5, figures }],
  };
  expect((await linesOf(universeRunsTable(universeRuns(report)))).slice(1)).toEqual([
    'Full universe,,4,0.1,1.25,-0.2,7,',
    expect.stringMatching(/^Survivors,[^,]+,3,,,,,None ended\.$/),
    expect.stringMatching(/^Every delisting 50\s% .*,delisting returns,4,0\.1,1\.25,-0\.2,7,$/),
  ]);

  const spread = { p5: -1, p25: 0, median: 1, p75: 2, p95: 3, edges: [], counts: [] };
  const resampled = await linesOf(
    resamplesTable(
      resamplesOf({
        bars: { sharpe: spread, finalReturn: spread, maxDrawdown: spread },
        trades: { reason: 'There are no trades.' },
        perYear: 4,
      } as unknown as OverfittingReport),
    ),
  );
  expect(resampled.slice(1, 3)).toEqual([
    '"Sharpe ratio, resampled bars",ratio,-2,0,2,4,6',
    '"Total return, resampled bars",percent,-1,0,1,2,3',
  ]);
  expect(resampled).toHaveLength(4);
});

test('regimes by fold; and ways side by side, without what is too short to be annual', async () => {
  const regimes = {
    ...{ mean: [0.01, -0.01], deviation: [0.02, 0.04] },
    ...{
      transition: [
        [0.9, 0.1],
        [0.5, 0.5],
      ],
      share: [0.75, 0.25],
    },
  };
  expect(await linesOf(regimesTable(regimesOf([regimes])))).toEqual([
    'fold,regime,mean,deviation,stays,share',
    '1,Calm,0.01,0.02,0.9,0.75',
    '1,Volatile,-0.01,0.04,0.5,0.25',
  ]);
  const quick = { totalReturn: 0.1, cagr: 9, sharpe: null, trades: 3 };
  const way = (title: string) =>
    ({ title, stitched: { quick, equity: { day: Int32Array.of(0, 1) } } }) as unknown as Way;
  const lines = await linesOf(besideTable([way('Learned weights'), way('Fixed weights')]));
  expect(lines.slice(0, 3)).toEqual([
    'metric,unit,learned_weights,fixed_weights',
    'Total return,percent,0.1,0.1',
    'CAGR,percent,,',
  ]);
});
