import {
  Kind,
  type Static,
  type TInteger,
  type TNumber,
  type TObject,
  type TSchema,
  Type,
  TypeRegistry,
} from '@sinclair/typebox';

/**
 * The one definition of a study's settings: types, defaults, bounds and the words shown on screen all come
 * from here, and so does the JSON Schema that ships. Strategy parameters live with their strategy.
 *
 * `unit` is shown beside the number: bars, days, bps, ratio (0.01 is 1 %), × ATR, currency.
 */
const number = (
  title: string,
  description: string,
  preset: number,
  options: { minimum?: number; exclusiveMinimum?: number; maximum?: number; unit?: string } = {},
) => Type.Number({ title, description, default: preset, ...options });

const integer = (
  title: string,
  description: string,
  preset: number,
  options: { minimum?: number; maximum?: number; unit?: string } = {},
) => Type.Integer({ title, description, default: preset, ...options });

/** A number that can be switched off with null. */
const optional = (schema: TNumber | TInteger) =>
  Type.Unsafe<number | null>(
    Type.Union([schema, Type.Null()], {
      title: schema.title ?? '',
      description: `${schema.description ?? ''} null switches it off.`,
      default: schema.default as unknown,
    }),
  );

const flag = (title: string, description: string, preset: boolean) =>
  Type.Boolean({ title, description, default: preset });

const choice = <const T extends readonly string[]>(
  title: string,
  description: string,
  values: T,
  preset: T[number],
) =>
  Type.Unsafe<T[number]>({
    [Kind]: 'Choice',
    type: 'string',
    enum: [...values],
    title,
    description,
    default: preset,
  });

TypeRegistry.Set<{ enum: readonly unknown[] }>('Choice', (schema, value) =>
  schema.enum.includes(value),
);

const group = <T extends Record<string, TSchema>>(
  title: string,
  description: string,
  properties: T,
): TObject<T> =>
  Type.Object(properties, { title, description, default: {}, additionalProperties: false });

export const schemaTools = { number, integer, optional, flag, choice, group };

const date = (title: string, description: string) =>
  Type.Union([Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), Type.Null()], {
    title,
    description,
    default: null,
  });

const rangeSchema = group('Range', 'Which sessions are traded. Earlier bars warm the features.', {
  from: date('From', 'First session, YYYY-MM-DD; null is the first bar.'),
  to: date('To', 'Last session, YYYY-MM-DD; null is the last bar.'),
});

const executionSchema = group(
  'Execution',
  'How orders fill: at the open of the symbol’s next bar.',
  {
    expireAfter: integer(
      'Order expires after',
      'An entry order whose symbol has no bar within this many sessions is cancelled.',
      5,
      { minimum: 1, maximum: 250, unit: 'sessions' },
    ),
    endOfData: choice(
      'At the end of the data',
      'mark: open positions stay open at the last close. close: they end at their last close. open: they end at the open of their last bar, as backtesting.py does, a price that had passed when the end was known.',
      ['mark', 'close', 'open'] as const,
      'mark',
    ),
  },
);

const sizeSchema = group('Size', 'How much is bought or sold short at each entry.', {
  rule: choice(
    'Rule',
    'fraction: a share of equity. units: a fixed quantity. atr-risk: the stop’s distance loses the risk fraction of equity.',
    ['fraction', 'units', 'atr-risk'] as const,
    'fraction',
  ),
  fraction: number('Fraction of equity', 'For the rule «fraction».', 0.005, {
    exclusiveMinimum: 0,
    maximum: 1,
    unit: 'ratio',
  }),
  minimum: number(
    'Smallest position',
    'Below this value there is no trade (rule «fraction»).',
    100,
    {
      minimum: 0,
      unit: 'currency',
    },
  ),
  maximum: optional(
    number('Largest position', 'The value is cut to this (rule «fraction»).', 5000, {
      exclusiveMinimum: 0,
      unit: 'currency',
    }),
  ),
  units: number('Units', 'For the rule «units».', 100, { exclusiveMinimum: 0, unit: 'units' }),
  risk: number('Risk', 'For the rule «atr-risk»: equity lost if the first stop fills.', 0.01, {
    exclusiveMinimum: 0,
    maximum: 1,
    unit: 'ratio',
  }),
  whole: flag(
    'Whole units',
    'Round quantities down to whole units; zero units is no trade.',
    false,
  ),
});

const exitsSchema = group('Exits', 'Stops and targets in multiples of the signal bar’s ATR.', {
  reference: choice(
    'Measured from',
    'fill: from the fill price. signal-close: from the close of the signal bar.',
    ['fill', 'signal-close'] as const,
    'fill',
  ),
  stop: optional(
    number('Stop', 'Distance of the stop.', 1, { exclusiveMinimum: 0, unit: '× ATR' }),
  ),
  target: optional(
    number('Target', 'Distance of the target.', 2, { exclusiveMinimum: 0, unit: '× ATR' }),
  ),
  trailing: optional(
    number(
      'Trailing stop',
      'Distance from the best price since entry, works from the next bar on.',
      1.5,
      {
        exclusiveMinimum: 0,
        unit: '× ATR',
      },
    ),
  ),
  trailingMinimum: number(
    'Trailing stop, at least',
    'Least distance as a ratio of the best price.',
    0.02,
    {
      minimum: 0,
      maximum: 1,
      unit: 'ratio',
    },
  ),
  longestHolding: optional(
    integer(
      'Longest holding',
      'Out at the next open after this many bars; the entry bar is the first.',
      20,
      {
        minimum: 1,
        unit: 'bars',
      },
    ),
  ),
  oppositeSignal: flag(
    'Opposite signal',
    'A signal for the other side ends the position at the next open.',
    false,
  ),
});

const riskSchema = group('Risk', 'Limits that hold for the whole account.', {
  initialCash: number('Initial cash', 'Equity at the start.', 100_000, {
    exclusiveMinimum: 0,
    unit: 'currency',
  }),
  maximumPositions: integer('Open positions', 'At most this many at a time.', 4, {
    minimum: 1,
    maximum: 10_000,
    unit: 'positions',
  }),
  killSwitch: optional(
    number(
      'Kill-switch',
      'When closing equity is at or below this share of the previous close’s, every position is closed at its next open.',
      0.98,
      { exclusiveMinimum: 0, maximum: 1, unit: 'ratio' },
    ),
  ),
  killSwitchPause: integer(
    'Kill-switch pause',
    'Opens without entries after it, that one included.',
    1,
    {
      minimum: 1,
      maximum: 250,
      unit: 'opens',
    },
  ),
  drawdownAlerts: Type.Array(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }), {
    title: 'Drawdown alerts',
    description: 'Drawdowns that are reported with their date.',
    default: [0.05, 0.1, 0.2],
    maxItems: 20,
    unit: 'ratio',
  }),
});

const costsSchema = group(
  'Costs',
  'Booked apart from the fill price. Targets pay commission only.',
  {
    commission: number('Commission', 'Per fill.', 1, { minimum: 0, unit: 'currency' }),
    commissionBps: number('Commission, by value', 'Per fill, of its value.', 0, {
      minimum: 0,
      unit: 'bps',
    }),
    halfSpread: number('Half spread', 'On market and stop fills.', 0, { minimum: 0, unit: 'bps' }),
    slippage: number('Slippage', 'On market and stop fills.', 10, { minimum: 0, unit: 'bps' }),
  },
);

const metricsSchema = group('Metrics', 'Conventions of the ratios.', {
  riskFreeRate: number('Risk-free rate', 'A year, simple, taken off each session’s return.', 0, {
    minimum: -0.5,
    maximum: 1,
    unit: 'ratio',
  }),
});

const precisionSchema = group(
  'Precision',
  'Window sums run over integers: values are multiplied by a power of ten and rounded. Fewer decimals admit larger values.',
  {
    priceDecimals: integer('Price decimals', 'Digits kept after the point in prices.', 10, {
      minimum: 0,
      maximum: 12,
      unit: 'digits',
    }),
    volumeDecimals: integer('Volume decimals', 'Digits kept after the point in volume.', 4, {
      minimum: 0,
      maximum: 10,
      unit: 'digits',
    }),
    attentionDecimals: integer(
      'Attention decimals',
      'Digits kept after the point in attention.',
      6,
      {
        minimum: 0,
        maximum: 10,
        unit: 'digits',
      },
    ),
  },
);

/** Settings that every strategy shares. */
export const settingsSchema = Type.Object(
  {
    range: rangeSchema,
    execution: executionSchema,
    size: sizeSchema,
    exits: exitsSchema,
    risk: riskSchema,
    costs: costsSchema,
    metrics: metricsSchema,
    precision: precisionSchema,
  },
  { additionalProperties: false },
);

export type Settings = Static<typeof settingsSchema>;
export type ExitSettings = Settings['exits'];
export type SizeSettings = Settings['size'];
export type CostSettings = Settings['costs'];
export type RiskSettings = Settings['risk'];
