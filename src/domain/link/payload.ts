import { type Static, Type } from '@sinclair/typebox';
import { readingSchema } from '../reading.ts';

/**
 * What a share link says, complete: everything a stranger needs to recompute a run on data of their own, and to
 * see where theirs differ. Never prices, keys, or addresses. Each schema version that was released stays readable.
 */
const digest = (of: string) =>
  Type.String({ pattern: '^[0-9a-f]{64}$', description: `SHA-256 in lower-case hex of ${of}.` });
const packed = (what: string) =>
  Type.String({
    pattern: '^[A-Za-z0-9_-]*$',
    maxLength: 6_000_000,
    description: `${what}; 4 bytes each, base64url without padding.`,
  });
const count = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
const day = Type.Integer({
  minimum: -1_000_000,
  maximum: 1_000_000,
  description: 'Days since 1970-01-01.',
});
const closed = { additionalProperties: false } as const;

const file = Type.Object(
  {
    /** Left out where the sharer prefers so. */
    name: Type.Optional(Type.String({ maxLength: 255 })),
    role: Type.Union([
      Type.Literal('bars'),
      Type.Literal('attention'),
      Type.Literal('macro'),
      Type.Literal('universe'),
      Type.Literal('instruments'),
      Type.Literal('events'),
      Type.Literal('detail'),
    ]),
    dateOrder: Type.Optional(Type.Union([Type.Literal('day-first'), Type.Literal('month-first')])),
    /** What else the sharer said of how to read it. */
    reading: Type.Optional(readingSchema),
    sha256: digest('the file’s bytes'),
    rows: count,
    /** Not given of a file without dates. */
    from: Type.Optional(day),
    to: Type.Optional(day),
    mapping: Type.Array(
      Type.Tuple([Type.String({ maxLength: 200 }), Type.String({ maxLength: 60 })]),
      { maxItems: 10_000, description: 'Which column of the file became which field.' },
    ),
  },
  closed,
);

/** Hashes of one table in blocks of rows, and of each of its columns: they find where two tables part. */
const checkpoints = Type.Object(
  {
    rows: count,
    every: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'Rows of a block.' }),
    blocks: packed('Hash of each block'),
    columns: packed('Hash of each column, in the digest’s order'),
  },
  closed,
);

/**
 * Hashes of the normalised bars. `prices` covers day, open, high, low, close and volume; `returns` the day and
 * the ratios between prices, so that a mere change of scale, such as a split adjustment, leaves it as it is.
 */
const bars = Type.Object(
  {
    symbols: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50_000 }),
    firstYear: Type.Integer({ minimum: -2_000, maximum: 10_000 }),
    years: count,
    /** Symbol by symbol its years; or, of large datasets, one hash per symbol and then one per year. */
    detail: Type.Union([Type.Literal('symbol-years'), Type.Literal('margins')]),
    prices: packed('Hash of the prices of each'),
    returns: packed('Hash of the returns of each'),
  },
  closed,
);

const note = Type.Object(
  {
    /** What it is pinned to: `/study/…` a setting, `/trades/3` the fourth trade, or `/` the whole. */
    at: Type.String({ maxLength: 200, pattern: '^/[A-Za-z0-9/_-]*$' }),
    text: Type.String({ minLength: 1, maxLength: 1_000 }),
  },
  closed,
);

export const payloadSchema = Type.Object(
  {
    engine: Type.Object(
      {
        outsample: Type.String({ maxLength: 30, pattern: '^[0-9A-Za-z.+-]*$' }),
        duckdb: Type.String({ maxLength: 30, pattern: '^[0-9A-Za-z.+-]*$' }),
        wasm: digest('DuckDB’s WebAssembly binary'),
      },
      closed,
    ),
    /** What differs from the defaults of its strategy; `results.study` is the digest of the complete one. */
    study: Type.Record(Type.String(), Type.Unknown()),
    data: Type.Object(
      {
        fingerprint: digest('the normalised dataset'),
        /** Id of the dataset, where it ships with the page. */
        sample: Type.Optional(Type.String({ maxLength: 60, pattern: '^[a-z0-9-]+$' })),
        synthetic: Type.Optional(Type.Literal(true)),
        files: Type.Array(file, { maxItems: 20_000 }),
        bars,
        /** Of attention, macro and universe, in this order; and of instruments and events, where there are any. */
        tables: packed('Hash of each further table'),
      },
      closed,
    ),
    results: Type.Object(
      {
        study: digest('the complete study'),
        trades: digest('the trades'),
        equity: digest('the equity curve'),
        metrics: digest('the metrics'),
        tradeCheckpoints: checkpoints,
        equityCheckpoints: checkpoints,
      },
      closed,
    ),
    /** Trials that the sharer had run on this dataset, and the variance of their Sharpe ratios. */
    ledger: Type.Object(
      { trials: count, variance: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]) },
      closed,
    ),
    view: Type.Object({ tab: Type.String({ maxLength: 30, pattern: '^[a-z-]*$' }) }, closed),
    notes: Type.Array(note, { maxItems: 100 }),
  },
  closed,
);
export type LinkPayload = Static<typeof payloadSchema>;
export type LinkFile = LinkPayload['data']['files'][number];
export type Checkpoints = LinkPayload['results']['tradeCheckpoints'];
export type BarHashes = LinkPayload['data']['bars'];
export type ReviewNote = LinkPayload['notes'][number];
