/** The report as the lab writes it, on the real engine. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { completeStudy, sampleStudy } from '../../src/domain/study/study.ts';
import { findingsOn } from '../../src/present/findings/all.ts';
import { unwrap } from '../../src/wire/errors.ts';
import type { InputFile, LabService, ReportExtras, RunResult } from '../../src/wire/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';
import { sectionIn, wordsIn } from './present/report/subject.ts';

const quiet = (): void => undefined;
const bars = 'datasets/us-indices-2014-2018/bars.csv';

const file = (name: string): InputFile => ({
  name,
  content: new Blob([readFileSync(bars)]),
  role: 'bars',
});

const nothing = {
  lookAhead: null,
  survivorship: null,
  breakEven: null,
  walkForward: null,
  overfitting: null,
  learning: null,
};

describe('the lab’s report', () => {
  let lab: LabService;
  const study = completeStudy({ ...sampleStudy('moving-average-cross'), name: 'Cross' });
  const extras = (result: RunResult, more: Partial<ReportExtras> = {}): ReportExtras => ({
    findings: findingsOn(result, nothing, false),
    walkForward: null,
    link: null,
    synthetic: false,
    remarks: [],
    ...more,
  });

  beforeAll(() => {
    lab = createLab(startNodeEngine, () => performance.now());
  });

  it('has the same bytes for the same run, wherever the file lies and however long it took', async () => {
    const written: string[] = [];
    for (const name of ['bars.csv', '/home/someone/data/bars.csv']) {
      unwrap(await lab.importFiles([file(name)], quiet));
      const result = unwrap(await lab.run(study, quiet));
      const { name: saved, type, content } = unwrap(await lab.report(extras(result)));
      expect([saved, type]).toEqual(['report.html', 'text/html']);
      written.push(content);
    }
    expect(written[1]).toBe(written[0]);
    expect(written[0]).toContain('<h1>Cross</h1>');
    expect(written[0]).not.toMatch(/NaN|undefined|Infinity|\[object|<script|https?:|home/);
  });

  it('has walk-forward where it was done, in the words of the settings', async () => {
    const searched = completeStudy({
      ...study,
      validation: {
        search: { parameters: [{ path: '/strategy/parameters/fast', values: [10, 20] }] },
        walkForward: { train: 24, test: 12, minimumTrades: 0 },
      },
    });
    const result = unwrap(await lab.run(searched, quiet));
    const walkForward = unwrap(await lab.walkForward(searched, quiet));
    const { content } = unwrap(await lab.report(extras(result, { walkForward })));
    expect(content).toContain('Out-of-sample equity');
    expect(wordsIn(sectionIn(content, 'walk-forward'))).toMatch(
      /1 2014-01-02 to 2015-\d\d-\d\d 2016-01-04 to 2016-12-30 Fast [12]0 bars/,
    );
    expect(content).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });
});
