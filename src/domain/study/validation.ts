import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { later } from './later.ts';
import { choice, flag, group, integer, number, optional } from './tools.ts';

/** The most trials that one search may ask for. */
export const mostTrials = 20_000;

const parameterValue = Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()]);

/** One setting of a search, by its place in the study: a list of values, or a span of numbers. */
const dimension = Type.Object(
  {
    path: Type.String({
      title: 'Setting',
      description: 'JSON pointer into the study: /strategy/parameters/entryThreshold, /exits/stop.',
      pattern: '^/(strategy/parameters|execution|size|exits|risk|costs|portfolio)/[A-Za-z/]+$',
    }),
    values: Type.Unsafe<readonly ParameterValue[] | null>(
      Type.Union([Type.Array(parameterValue, { minItems: 1, maxItems: 200 }), Type.Null()], {
        title: 'Values',
        description: 'The values to try. null where a span is given.',
        default: null,
      }),
    ),
    from: nullable(Type.Number(), 'From', 'Where the span starts.'),
    to: nullable(Type.Number(), 'To', 'Where the span ends.'),
    steps: integer('Steps', 'Values of a grid along the span, both ends included.', 5, {
      minimum: 1,
      maximum: 200,
    }),
  },
  { additionalProperties: false },
);

function nullable<T extends TSchema>(schema: T, title: string, description: string) {
  return Type.Unsafe<Static<T> | null>(
    Type.Union([schema, Type.Null()], { title, description, default: null }),
  );
}

export const searchMethods = ['grid', 'random', 'latin-hypercube', 'halving', 'evolution'] as const;

/** What successive halving gives the better sets more of. */
export const budgets = ['sessions', 'symbols'] as const;

const searchSchema = group(
  'Parameter search',
  'Which settings are varied, and how. Every trial is counted in the ledger.',
  {
    method: choice(
      'Method',
      'grid: every combination. random: so many draws. latin-hypercube: so many draws that cover each setting’s span evenly. halving: successive halving, so many draws on a part of the data, the best of them on more. evolution: differential evolution, draws made of the better ones before.',
      searchMethods,
      'grid',
    ),
    trials: integer('Trials', 'Parameter sets to draw.', 100, {
      minimum: 1,
      maximum: mostTrials,
      when: { method: searchMethods.filter((method) => method !== 'grid') },
    }),
    budget: later(
      choice(
        'Part of the data',
        'sessions: the first of the range. symbols: some, drawn by the seed.',
        budgets,
        'sessions',
        { when: { method: ['halving'] } },
      ),
    ),
    rungs: later(
      integer('Rungs', 'Comparisons, that on all data included.', 2, {
        minimum: 1,
        maximum: 8,
        when: { method: ['halving'] },
      }),
    ),
    factor: later(
      integer('Factor', 'One of so many sets goes on, to so many times the data.', 3, {
        minimum: 2,
        maximum: 100,
        when: { method: ['halving'] },
      }),
    ),
    population: later(
      integer('Generation', 'Sets that are drawn at once.', 8, {
        minimum: 4,
        maximum: 1000,
        when: { method: ['evolution'] },
      }),
    ),
    parameters: Type.Array(dimension, {
      title: 'Settings',
      description: 'What is varied; an empty list stands for the strategy’s own suggestion.',
      default: [],
      maxItems: 8,
    }),
  },
);

export const objectives = ['sharpe', 'sortino', 'total-return', 'profit-factor'] as const;

const walkForwardSchema = group(
  'Walk-forward',
  'Parameters are chosen on a training window and run on the test window after it, again and again.',
  {
    window: choice(
      'Training window',
      'rolling: of fixed length. anchored: from the first session on.',
      ['rolling', 'anchored'] as const,
      'rolling',
    ),
    unit: choice(
      'Lengths in',
      'months: calendar months. bars: sessions.',
      ['months', 'bars'] as const,
      'months',
    ),
    train: integer('Training length', 'Months or sessions.', 24, { minimum: 1, maximum: 100_000 }),
    test: integer('Test length', 'Months or sessions.', 6, { minimum: 1, maximum: 100_000 }),
    step: optional(
      integer(
        'Step',
        'From one test window’s start to the next one’s, at least the test length. Off: the test length.',
        6,
        { minimum: 1, maximum: 100_000 },
      ),
      { off: true },
    ),
    purge: optional(
      integer(
        'Purge',
        'Sessions left out between training and test. Off: the longest holding time of the trials.',
        20,
        { minimum: 0, maximum: 10_000, unit: 'sessions' },
      ),
      { off: true },
    ),
    objective: choice(
      'Objective',
      'What the chosen parameters are best by, in training. sharpe: mean over deviation. sortino: mean over downside deviation. total-return: growth. profit-factor: gains over losses of the trades.',
      objectives,
      'sharpe',
    ),
    minimumTrades: integer(
      'Trades, at least',
      'Parameter sets with fewer trades inside the training window are not chosen.',
      10,
      { minimum: 0, maximum: 100_000, unit: 'trades' },
    ),
  },
);

const crossValidationSchema = group(
  'Combinatorial cross-validation',
  'The range is cut into groups; every choice of test groups is one split, the rest is its training.',
  {
    groups: integer('Groups', 'Parts of the range.', 6, { minimum: 3, maximum: 16 }),
    testGroups: integer('Test groups', 'Parts tested in each split.', 2, {
      minimum: 1,
      maximum: 8,
    }),
    embargo: integer(
      'Embargo',
      'Sessions left out of training after each test part; the purge of the walk-forward is left out before it.',
      5,
      { minimum: 0, maximum: 10_000, unit: 'sessions' },
    ),
  },
);

const learningSchema = group(
  'Learned weights',
  'Harvester only: weights fitted on each training window, judged on the test window beside the fixed ones.',
  {
    panic: flag(
      'Panic Score weights',
      'By least squares of the forward return against the move on the three z-scores.',
      true,
    ),
    gScore: flag('G-Score weights', 'By least squares of the forward return on its points.', false),
    regimes: flag(
      'Regimes',
      'A hidden Markov model of calm, volatile and panic sessions scales positions.',
      false,
    ),
    horizon: integer('Horizon', 'Bars of the forward return; training is purged by as much.', 5, {
      minimum: 1,
      maximum: 250,
      unit: 'bars',
    }),
    volatileFactor: number(
      'Size when volatile',
      'Multiplies positions in volatile sessions.',
      0.75,
      {
        minimum: 0,
        maximum: 2,
        unit: 'ratio',
        when: { regimes: [true] },
      },
    ),
    panicFactor: number('Size in panic', 'Multiplies positions in panic sessions.', 0.5, {
      minimum: 0,
      maximum: 2,
      unit: 'ratio',
      when: { regimes: [true] },
    }),
  },
);

/** How a study is put to the test; nothing here changes the run itself. */
export const validationSchema = group('Validation', 'How the study is put to the test.', {
  search: searchSchema,
  walkForward: walkForwardSchema,
  crossValidation: crossValidationSchema,
  learning: learningSchema,
});

export type ParameterValue = number | string | boolean | null;
export type Dimension = Static<typeof dimension>;
export type Validation = Static<typeof validationSchema>;
export type SearchMethod = (typeof searchMethods)[number];
export type Objective = (typeof objectives)[number];
