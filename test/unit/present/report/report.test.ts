import { describe, expect, test } from 'vitest';
import { reportHtml } from '../../../../src/present/report/report.ts';
import type { Subject } from '../../../../src/present/report/subject.ts';
import { quickMetrics } from '../../../../src/domain/metrics/quick.ts';
import { exitReasons } from '../../../../src/domain/run.ts';
import { completeStudy } from '../../../../src/domain/study/study.ts';
import type { Finding } from '../../../../src/domain/validation/finding.ts';
import type { WalkForward } from '../../../../src/domain/validation/walk-forward.ts';
import { runOf } from '../../domain/metrics-runs.ts';
import { clock, fiveMinutes } from '../../five-minutes.ts';
import { sectionIn, subjectOf, wordsIn, year } from './subject.ts';

const words = (subject: Subject, id: string): string => wordsIn(sectionIn(reportHtml(subject), id));

const finding: Finding = {
  id: 'trades',
  level: 'red',
  title: 'Few trades',
  text: '2 closed trades.',
  threshold: 'Red below 30.',
  source: 'Rule of thumb.',
  change: 'Use a longer history.',
};

const many = Array.from({ length: 2500 }, (_, i) => ({
  quantity: 1,
  entry: i % 300,
  exit: (i % 300) + 1,
  entryPrice: 10,
  exitPrice: 11,
  net: i % 2 === 0 ? i : -i,
}));

const runs: Readonly<Record<string, Subject>> = {
  'an ordinary run': subjectOf(year, { findings: [finding] }),
  'a run without trades': subjectOf(runOf(Array.from({ length: 90 }, () => 100))),
  'a run of one session': subjectOf(runOf([101])),
  'a run of two sessions': subjectOf(runOf([101, 99])),
  'a run without sessions': subjectOf(runOf([])),
  'a ruined run': subjectOf(runOf([100, 40, -5, -5, ...Array.from({ length: 60 }, () => -5)])),
  'a run of many trades': subjectOf(runOf(year.equity.equity as never, { trades: many })),
  'a run of a century': subjectOf(
    runOf(
      Array.from({ length: 900 }, (_, i) => 100 + i),
      { days: Array.from({ length: 900 }, (_, i) => 41 * i) },
    ),
  ),
};

describe.each(Object.entries(runs))('%s', (_, subject) => {
  const text = reportHtml(subject);

  test('says nothing that is no word', () => {
    expect(text.match(/NaN|undefined|Infinity|\[object|−0\.00\D/)).toBeNull();
  });

  test('needs nothing beside itself', () => {
    expect(text).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|https?:\/\/|\son\w+=/i);
  });

  test('is the same when it is written again', () => {
    expect(reportHtml(subject)).toBe(text);
  });

  test('has one heading of the first level, then the sections in their order', () => {
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect([...text.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)).toEqual([
      ...['equity', 'assumptions', 'underwater', 'months', 'rolling', 'distribution', 'drawdowns'],
      ...['costs', 'trades', 'walk-forward', 'findings', 'metrics', 'study', 'files', 'verify'],
    ]);
  });

  test('names every drawing by what stands in the page, and nothing twice', () => {
    const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of text.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g))
      expect(ids).toContain(id);
  });
});

test('notes stand beside what they are pinned to; without any there is no such part', () => {
  const remarks = [
    { at: '/', text: 'Looks <b>good</b>' },
    { at: '/trades/3', text: 'Why so late?' },
    { at: '/study/execution/fill', text: 'Rather at the close' },
  ];
  const noted = reportHtml(subjectOf(year, { remarks }));
  expect(noted).toContain('The whole run:</span> Looks &lt;b&gt;good&lt;/b&gt;');
  expect(noted).toContain('Trade 4:</span> Why so late?');
  expect(noted).toContain('Fill:</span> Rather at the close');
  expect(reportHtml(subjectOf(year))).not.toContain('id="notes"');
});

test('what a person writes stays text', () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>'`;
  const subject = subjectOf(year, {
    run: {
      study: completeStudy({ name: evil, strategy: { id: 'custom' } }),
      symbols: [evil],
      notes: [{ level: 'warning', text: evil }],
    },
    dataset: {
      files: [{ name: evil, role: 'bars', rows: 1, from: 0, to: 0, sha256: evil }],
      facts: { currency: evil },
    },
    findings: [{ ...finding, title: evil, text: evil, source: evil }],
    link: `javascript:alert(1)//#s1.${evil}`,
  });
  const text = reportHtml(subject);
  expect(text).not.toMatch(/<script|<img|href="[^#"]/);
  expect(text).toContain('&quot;&gt;&lt;script&gt;alert(1)');
});

describe('the headline', () => {
  test('says what stands beside the numbers', () => {
    const study = completeStudy({ name: 'A study', execution: { fill: 'same-close' } });
    const text = wordsIn(
      reportHtml(subjectOf(year, { run: { study }, synthetic: true, findings: [finding] })),
    );
    expect(text).toContain(
      'Harvester on 1 symbol, 365 bars, 365 sessions from 2024-01-01 to 2024-12-30, 2 trades.',
    );
    expect(text).toContain('Synthetic data: no market’s history Same-close fills: optimistic');
    expect(text).toContain('Red Do not trust this result as it stands: few trades.');
  });

  test('a metric without a number says why', () => {
    expect(wordsIn(reportHtml(subjectOf(runOf([101]))))).toContain(
      'Sharpe ratio — There are fewer than two sessions.',
    );
  });

  test('bars that leave the order open give the range', () => {
    const ambiguity = {
      trades: 3,
      stopFirst: { totalReturn: -0.1 },
      targetFirst: { totalReturn: 0.2 },
    };
    expect(wordsIn(reportHtml(subjectOf(year, { run: { ambiguity } })))).toContain(
      'total return is −10.00 % with the stop first everywhere, 20.00 % with the target first. Shown is the run with the stop first.',
    );
  });
});

describe('the sections', () => {
  test('months: compounded to years, a month that the run has not is empty', () => {
    const days = [0, 31, 60, 366 + 10];
    const text = words(subjectOf(runOf([110, 99, 108.9, 54.45], { days })), 'months');
    expect(text).toContain('2024 10.0 −10.0 10.0 8.90');
    expect(text).toContain('2025 −50.0 −50.00');
  });

  test('months: the sign decides the colour, and nothing moved has none', () => {
    const html = sectionIn(
      reportHtml(subjectOf(runOf([110, 99, 99], { days: [0, 31, 60] }))),
      'months',
    );
    expect([...html.matchAll(/<td class="([a-z]\d?)"/g)].map(([, shade]) => shade)).toEqual([
      'p4',
      'n4',
      'z',
    ]);
    expect(sectionIn(reportHtml(subjectOf(runOf([100, 100]))), 'months')).not.toContain(
      'class="scale"',
    );
  });

  test('rolling: over half a year, or a third of a shorter run, with the convention', () => {
    expect(words(subjectOf(year), 'rolling')).toContain('Over the 121 sessions up to each day');
    expect(words(subjectOf(year), 'rolling')).toContain('× √365');
    expect(words(subjectOf(runOf([100, 101, 102])), 'rolling')).toContain(
      'They need 90 sessions; the run has 3.',
    );
    expect(words(runs['a ruined run']!, 'rolling')).toContain('Equity fell to zero or below.');
    expect(words(runs['a run without trades']!, 'rolling')).toContain('don’t vary in any window');
  });

  test('returns: sessions that did not move are counted, not drawn', () => {
    const text = words(subjectOf(runOf([100, 101, 101, 99.99])), 'distribution');
    expect(text).toContain(
      'Number of sessions by their return, 2 in all. 2 more returned exactly 0',
    );
    expect(words(runs['a run without trades']!, 'distribution')).toContain(
      'All 90 sessions returned exactly 0.',
    );
  });

  test('drawdowns: the deepest first, one that lasts says so', () => {
    const text = words(subjectOf(runOf([90, 120, 60, 130, 104])), 'drawdowns');
    expect(text).toContain('1 2024-01-02 2024-01-03 2024-01-04 2 days −50.00 %');
    expect(text).toContain('2 2024-01-04 2024-01-05 not yet 1 day −20.00 %');
    expect(text).toContain('3 2024-01-01, the start 2024-01-01 2024-01-02 1 day −10.00 %');
    expect(words(subjectOf(runOf([101, 102])), 'drawdowns')).toContain('There was no drawdown.');
  });

  test('costs: by kind beside gross profit, initial cash and turnover', () => {
    const text = words(subjectOf(year), 'costs');
    expect(text).toContain('Commission 0.50 84.7 bps 20.00 % 0.50 %');
    expect(text).toContain('All 0.75 127.1 bps 30.00 % 0.75 %');
    expect(text).toContain('Gross profit, that of all trades before costs, is 2.50.');
  });

  test('costs: without a gross profit there is nothing to compare with', () => {
    const loss = runOf([100, 99], {
      trades: [{ quantity: 1, entry: 0, exit: 1, entryPrice: 10, exitPrice: 9, net: -1 }],
    });
    expect(words(subjectOf(loss), 'costs')).toContain(
      'There is no profit before costs to compare with: all trades together made −1.00.',
    );
  });

  test('costs: what the bars had no volume for, and costs inside the prices, are said', () => {
    const study = completeStudy({ costs: { booking: 'in-price' } });
    const text = words(subjectOf(year, { run: { study, unfilledValue: 1234.5 } }), 'costs');
    expect(text).toContain('Unfilled for want of volume: 1,234.50.');
    expect(text).toContain('are booked in the fill prices');
  });

  test('trades: an open one is marked, an ambiguous one starred', () => {
    const subject = subjectOf(year);
    const ambiguous = Uint8Array.of(1, 0);
    const reason = Int8Array.of(exitReasons.indexOf('stop'), -1);
    const text = words(
      { ...subject, run: { ...subject.run, trades: { ...subject.run.trades, ambiguous, reason } } },
      'trades',
    );
    expect(text).toContain(
      '1 ACME ▲ Long 2024-01-02 10.00 2024-01-05 12.00 Stop * 4 2.0 0.50 3.50',
    );
    expect(text).toContain('2 ACME ▽ Short 2024-01-10 10.00 Open 0.00 Marked at the end');
    expect(text).toContain(
      '* 1 of them: one bar touched both the stop and the target; the stop was taken.',
    );
  });

  test('trades: of very many the largest, and how many are left out', () => {
    const html = sectionIn(reportHtml(runs['a run of many trades']!), 'trades');
    expect(html.match(/<tr>/g)).toHaveLength(1001);
    expect(wordsIn(html)).toContain('1,500 smaller ones are left out, trades.csv has all');
    expect(wordsIn(html)).toContain(' 1,501 ACME ');
    expect(wordsIn(html)).not.toContain(' 1,500 ACME ');
  });

  test('walk-forward: that it was not done is said', () => {
    expect(words(subjectOf(year), 'walk-forward')).toContain('It was not done');
  });

  test('walk-forward: folds with their choices, those in cash, and why there is no efficiency', () => {
    const quick = { ...quickMetrics({ ...year, riskFreeRate: 0 }), sharpe: 0.5, totalReturn: 0.1 };
    const stitched = {
      equity: year.equity,
      trades: subjectOf(year).run.trades,
      metrics: [],
      quick,
      digests: subjectOf(year).run.digests,
    };
    const at = { trainFrom: 0, trainTo: 99, testFrom: 100, testTo: 199 };
    const days = { trainFrom: 19_723, trainTo: 19_822, testFrom: 19_823, testTo: 19_922 };
    const inSample = { ...quick, sharpe: 1.5, trades: 12 };
    const path = '/strategy/parameters/entryThreshold';
    const found: WalkForward = {
      objective: 'sharpe',
      minimumTrades: 10,
      dimensions: [{ path, values: [2, 3], from: null, to: null, steps: 2 }],
      titles: ['Entry threshold'],
      trials: 2,
      folds: [
        { ...at, days, chosen: [2], trial: 0, inSample, outOfSample: quick },
        {
          ...at,
          days,
          chosen: null,
          trial: -1,
          inSample: null,
          outOfSample: { ...quick, sharpe: null },
        },
      ],
      outOfSample: stitched,
      fixed: stitched,
      efficiency: { value: null, reason: 'Training lost money.' },
      winningFolds: null,
      stability: [],
      purge: [0, 0],
      tried: [],
      notes: [{ level: 'warning', text: 'One fold stayed in cash.' }],
    };
    const text = words(subjectOf(year, { walkForward: found }), 'walk-forward');
    expect(text).toContain(
      'the one with the best Sharpe ratio in training, with at least 10 trades',
    );
    expect(text).toContain('— Training lost money.');
    expect(text).toContain('Traded folds with a gain — No fold traded.');
    expect(text).toContain(
      '1 2024-01-01 to 2024-04-09 2024-04-10 to 2024-07-18 Entry threshold 2 1.50 0.50 10.00 %',
    );
    expect(text).toContain('none: stayed in cash — — 10.00 %');
    expect(text).toContain('One fold stayed in cash.');
    const some = { ...found, winningFolds: 1, efficiency: { value: 0.4, reason: null } };
    const done = words(subjectOf(year, { walkForward: some }), 'walk-forward');
    expect(done).toContain('Traded folds with a gain 1 of 1');
    expect(done).toContain('40.00 %');
  });

  test('findings: level in words, threshold, source, remedy', () => {
    expect(words(subjectOf(year, { findings: [finding] }), 'findings')).toContain(
      'Few trades Red 2 closed trades. What would change this: Use a longer history. Red below 30. Source: Rule of thumb.',
    );
    expect(words(subjectOf(year), 'findings')).toContain('The run was not audited.');
  });

  test('study: what differs from the defaults, in the words and units of its fields', () => {
    const study = completeStudy({
      execution: { fill: 'same-close' },
      exits: { target: null },
      costs: { halfSpread: 2 },
      strategy: { id: 'harvester', parameters: { entryThreshold: 2 } },
    });
    const text = words(subjectOf(year, { run: { study } }), 'study');
    expect(text).toContain('Execution, fill Same close Next open');
    expect(text).toContain('Costs, half spread 2 bps 0 bps');
    expect(text).toContain('Entry threshold 2 3');
    expect(text).toContain('Exits, target none 2');
    expect(text).toContain('"entryThreshold":2'.replaceAll('"', '&quot;'));
    expect(words(subjectOf(year), 'study')).toContain('Every setting has its default.');
  });

  test('files: the last part of a path, never the folders of a person', () => {
    const text = words(subjectOf(year), 'files');
    expect(text).toContain('acme.csv bars 3 1970-01-01 to 1970-01-03');
    expect(text).not.toContain('me\\');
  });
});

describe('the link', () => {
  const linkIn = (link: string): string =>
    sectionIn(reportHtml(subjectOf(year, { link })), 'verify');

  test('can be followed where it is an address with a fragment of ours', () => {
    for (const link of [
      'https://example.org/o/#s1.aB-_9',
      'http://localhost:4173/#s1.x',
      './#s1.x',
      '../lab/#s1.x',
    ])
      expect(linkIn(link)).toContain(`href="${link}"`);
  });

  test('is text where it is not', () => {
    for (const link of [
      '#s1.x',
      'javascript:alert(1)#s1.x',
      'https://example.org/#other',
      'data:text/html,#s1.x',
    ])
      expect(linkIn(link)).not.toContain('href=');
  });

  test('is left out where there is none', () => {
    expect(sectionIn(reportHtml(subjectOf(year)), 'verify')).not.toContain('class="link"');
  });
});

describe('a run on bars within days', () => {
  const measured = runOf([...fiveMinutes.equity]);
  const equity = fiveMinutes;
  const { benchmark } = measured;
  const timed = subjectOf({ ...measured, equity, benchmark }, { run: { clock } });

  test('says when it was, in which zone, and how long its bars are', () => {
    expect(words(timed, 'equity')).toContain(
      'From 100.00 on 2024-03-08 09:35 to 106.55 on 2024-03-11 16:00, at the closes',
    );
    expect(words(timed, 'equity')).toContain('Times in America/New_York.');
    expect(words(timed, 'underwater')).toMatch(/Deepest on 2024-03-\d\d \d\d:\d\d/);
    expect(reportHtml(timed)).toContain('156 bars of 5 min');
    expect(reportHtml(timed)).toContain('156 steps in 2 sessions');
  });

  test('has the returns of sessions, not of steps', () => {
    expect(words(timed, 'distribution')).toContain('2 in all');
    expect(words(timed, 'rolling')).toContain('the run has 2.');
  });
});
