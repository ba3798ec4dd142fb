import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LabError, type LabErrorData } from '../../../src/domain/errors.ts';
import { strategies } from '../../../src/domain/strategies/registry.ts';
import {
  canonicalJson,
  completeStudy,
  defaultStudy,
  sampleStudy,
  studyJsonSchema,
  withEverySetting,
} from '../../../src/domain/study/study.ts';
import { engineVersion } from '../../../src/domain/version.ts';

function refusal(input: unknown): LabErrorData {
  try {
    completeStudy(input);
  } catch (error) {
    if (error instanceof LabError) return error.data;
    throw error;
  }
  throw new Error('The study was accepted.');
}

describe('a study', () => {
  it('needs only what differs from the defaults', () => {
    const study = completeStudy({
      costs: { slippage: 25 },
      strategy: { parameters: { panic: { zWindow: 60 } } },
    });
    expect(study.strategy.id).toBe('harvester');
    expect(study.costs).toMatchObject({ commission: 1, slippage: 25, impact: 1 });
    expect(study.strategy.parameters['panic']).toMatchObject({
      zWindow: 60,
      zMinimum: 30,
      atrPeriod: 14,
    });
  });

  it('has Harvester’s defaults where nothing is said', () => {
    expect(completeStudy({})).toMatchObject({
      exits: {
        reference: 'fill',
        stop: 1,
        target: 2,
        trailing: 'atr',
        trailingMultiple: 1.5,
        trailingMinimum: 0.02,
        longestHolding: 20,
        oppositeSignal: 'ignore',
      },
      size: { rule: 'fraction', fraction: 0.005, minimum: 100, maximum: 5000 },
      risk: {
        initialCash: 100_000,
        maximumPositions: 4,
        killSwitch: 0.98,
        killSwitchPause: 1,
        drawdownAlerts: [0.05, 0.1, 0.2],
        leverage: 1,
      },
      costs: {
        commission: 1,
        halfSpread: 0,
        slippage: 10,
        impact: 1,
        impactBars: 20,
        borrowFee: 0.005,
        interest: 0,
      },
      execution: {
        fill: 'next-open',
        expireAfter: 5,
        maximumParticipation: 0.1,
        endOfData: 'mark',
      },
    });
  });

  it('takes a strategy’s suggestions, which the study’s own words override', () => {
    const study = completeStudy({ strategy: { id: 'zscore-reversion' }, exits: { target: 5 } });
    expect(study.exits).toMatchObject({
      reference: 'signal-close',
      stop: 2,
      target: 5,
      trailing: 'off',
    });
  });

  it('leaves out what came later and is at its default, so that studies of before keep their digests', () => {
    const said = { exits: { trailingFrom: 'high' }, costs: { slippageOn: 'market' } };
    expect(completeStudy(said)).toEqual(completeStudy({}));
    expect(completeStudy({}).exits).not.toHaveProperty('trailingFrom');
    expect(completeStudy({ exits: { trailingFrom: 'close' } }).exits.trailingFrom).toBe('close');
    expect(withEverySetting(completeStudy({})).exits.trailingFrom).toBe('high');
    expect(completeStudy(withEverySetting(completeStudy({})))).toEqual(completeStudy({}));
  });

  it('does not touch its input', () => {
    const input = Object.freeze({ costs: Object.freeze({ slippage: 3 }) });
    expect(completeStudy(input).costs.slippage).toBe(3);
    expect(input).toEqual({ costs: { slippage: 3 } });
  });

  it.each([
    [{ costs: { slippage: -1 } }, '/costs/slippage', 'This must be a number of at least 0.', '-1'],
    [{ costs: { slipage: 1 } }, '/costs/slipage', 'There is no such setting.', '1'],
    [
      { name: 'x'.repeat(900) },
      '/name',
      'This must be text of at most 200 characters.',
      `${'x'.repeat(80)}…`,
    ],
    [{ colour: 'red' }, '/colour', 'There is no such setting.', 'red'],
    [
      { strategy: { parameters: { panic: { zWindow: 1.5 } } } },
      '/strategy/parameters/panic/zWindow',
      'This must be a whole number of at least 2 and at most 5000.',
      '1.5',
    ],
    [
      { strategy: { parameters: { sides: 'up' } } },
      '/strategy/parameters/sides',
      'This must be one of both, long, short.',
      'up',
    ],
    [{ exits: { stop: 'wide' } }, '/exits/stop', 'This must be a number above 0 or null.', 'wide'],
    [
      { range: { from: '2014' } },
      '/range/from',
      'This must be a date of the form YYYY-MM-DD or null.',
      '2014',
    ],
    [
      { risk: { drawdownAlerts: [2] } },
      '/risk/drawdownAlerts/0',
      'This must be a number above 0 and below 1.',
      '2',
    ],
    [{ costs: 3 }, '/costs', 'This must be a group of settings.', '3'],
    [
      { strategy: { id: 'martingale' } },
      '/strategy/id',
      'There is no such strategy.',
      'martingale',
    ],
    [
      JSON.parse('{"costs": {"__proto__": {"slippage": 1}}}'),
      '/costs/__proto__',
      'There is no such setting.',
      '{"slippage":1}',
    ],
  ])(
    'refuses %j, naming the path, the value and what would be valid',
    (input, path, problem, value) => {
      expect(refusal(input)).toMatchObject({ kind: 'study', problem, place: { path, value } });
    },
  );

  it.each([
    [
      { size: { minimum: 9000 } },
      '/size/minimum',
      'This must be at most the largest position, 5000.',
    ],
    [
      { strategy: { parameters: { panic: { zWindow: 20 } } } },
      '/strategy/parameters/panic/zMinimum',
      'This must be at most the z-score window, 20.',
    ],
    [
      { strategy: { parameters: { cri: { window: 5 } } } },
      '/strategy/parameters/cri/minimumPairs',
      'This must be at most the CRI window, 5.',
    ],
  ])('refuses %j, whose settings do not go together', (input, path, problem) => {
    expect(refusal(input)).toMatchObject({ kind: 'study', problem, place: { path } });
  });

  it.each([[null], [[]], ['text'], [3]])('refuses %j as a whole', (input) => {
    expect(refusal(input).problem).toBe('A study is a JSON object.');
  });

  it.each(strategies.map(({ id }) => [id]))(
    '%s: default and sample are complete, and complete to themselves',
    (id) => {
      for (const study of [defaultStudy(id), sampleStudy(id)])
        expect(completeStudy(study)).toEqual(study);
    },
  );

  it('has one canonical text, whatever the order of its keys', () => {
    const study = defaultStudy();
    const reversed = Object.fromEntries(Object.entries(study).reverse());
    expect(canonicalJson(reversed)).toBe(canonicalJson(study));
    expect(canonicalJson({ b: [1, null, 'é'], a: -0 })).toBe('{"a":0,"b":[1,null,"é"]}');
  });
});

it('ships its JSON Schema: `outsample schema > public/study.schema.json`', () => {
  expect(JSON.parse(readFileSync('public/study.schema.json', 'utf8'))).toEqual(
    JSON.parse(JSON.stringify(studyJsonSchema())),
  );
});

it('has an engine of a release that CHANGELOG.md knows', () => {
  const releases = readFileSync('CHANGELOG.md', 'utf8').match(/(?<=^## )[0-9.]+/gm) ?? [];
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(releases[0]).toBe(version);
  expect(releases).toContain(engineVersion);
});
