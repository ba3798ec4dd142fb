import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { engineVersion } from '../version.ts';
import { shardedCommands } from './answers.ts';
import { mostShards } from './part.ts';

const closed = { additionalProperties: false } as const;
const digest = Type.String({ pattern: '^[0-9a-f]{64}$' });
const count = Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
const part = Type.Integer({ minimum: 1, maximum: mostShards });
const files = Type.Optional(Type.Array(Type.String()));
const text = Type.Optional(Type.String());
const flag = Type.Optional(Type.Boolean());

/** What a shard’s answers are answers to. It says which files a merge opens, so nothing else is taken. */
const headerSchema = Type.Object(
  {
    format: Type.Literal(1),
    /** Version of the engine. */
    engine: Type.String({ maxLength: 80 }),
    command: Type.Union(shardedCommands.map((name) => Type.Literal(name))),
    /** What else the command was asked for, by the names of its options. */
    asked: Type.Record(Type.String({ maxLength: 80 }), Type.Boolean()),
    shard: part,
    of: part,
    study: Type.Unknown(),
    studyDigest: digest,
    fingerprint: digest,
    /** Digest of the sessions that the study trades in. */
    sessions: digest,
    /** How many jobs all shards have together. */
    jobs: Type.Object({ trials: count, rotations: count, replays: count }, closed),
    /** Where the data are and how they are read, by the names of options; no part of what must agree. */
    data: Type.Object(
      {
        ...{ data: files, attention: files, macro: files, universe: files },
        ...{ instruments: files, events: files, detail: files },
        dateOrder: Type.Optional(
          Type.Union([Type.Literal('day-first'), Type.Literal('month-first')]),
        ),
        stamp: Type.Optional(Type.Union([Type.Literal('start'), Type.Literal('end')])),
        ...{ zone: text, exchange: text, map: text, closesAlone: flag, rawPrices: flag },
      },
      closed,
    ),
  },
  closed,
);
export type ShardHeader = Static<typeof headerSchema>;

/** What a shard made here says of itself beside this. */
export const headerOf = (said: Omit<ShardHeader, 'format' | 'engine'>): ShardHeader => ({
  format: 1,
  engine: engineVersion,
  ...said,
});

/** Names of the options that say where the data are. */
export const dataNames = Object.keys(headerSchema.properties.data.properties);

/** A header from what a file says; null where that is none. */
export const headerFrom = (value: unknown): ShardHeader | null =>
  Value.Check(headerSchema, value) ? value : null;
