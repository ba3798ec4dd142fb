import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { sha256Hex } from '../../../src/domain/digest.ts';
import {
  type HeadlineMetric,
  type RunMarks,
  type RunSummary,
  longestName,
  longestTag,
  mostTags,
} from '../../../src/domain/journal.ts';
import type { RunRecord } from '../../../src/wire/journal.ts';
import type {
  ListedRunRow,
  MarkRow,
  RunRow,
  StudyRow,
} from '../../../src/sql/journal/catalogue.ts';
import { mostPoints, smallCurve } from './curve.ts';

/** Between a run as it is recorded or listed, and its rows. */

const digestOf = (text: string): string => sha256Hex(new TextEncoder().encode(text));

const metricsSchema = Type.Array(
  Type.Object({
    id: Type.String(),
    label: Type.String(),
    unit: Type.Union(
      (['percent', 'ratio', 'currency', 'count', 'days', 'bars', 'date'] as const).map((unit) =>
        Type.Literal(unit),
      ),
    ),
    value: Type.Union([Type.Number(), Type.Null()]),
    reason: Type.Optional(Type.String()),
  }),
);
const labelsSchema = Type.Array(Type.String());
const tagsSchema = Type.Array(Type.String({ maxLength: longestTag }), { maxItems: mostTags });
/** As much of a study as the list needs. */
const studySchema = Type.Object({
  name: Type.String(),
  strategy: Type.Object({ id: Type.String() }),
});

export function studyRow(study: string): StudyRow {
  const { name } = JSON.parse(study) as Static<typeof studySchema>;
  return { digest: digestOf(study), name, study };
}

export function runRow(run: RunRecord): RunRow {
  const { madeAt, study, fingerprint, dataset, engine, digests, metrics, labels, equity } = run;
  const studyDigest = digestOf(study);
  const { trades, equity: curve, metrics: numbers } = digests;
  const small = smallCurve(equity.day, equity.equity);
  return {
    id: digestOf(
      JSON.stringify([madeAt, studyDigest, fingerprint, engine, trades, curve, numbers]),
    ),
    made_at: madeAt,
    study: studyDigest,
    fingerprint,
    dataset,
    engine,
    trades_digest: trades,
    equity_digest: curve,
    metrics_digest: numbers,
    metrics: JSON.stringify(metrics),
    labels: JSON.stringify(labels),
    curve_days: new Uint8Array(small.day.buffer),
    curve_equity: new Uint8Array(small.equity.buffer),
  };
}

/** Throws a RangeError on a row that this program did not write. */
export function summaryOf(row: ListedRunRow): RunSummary {
  if (!isRun(row)) throw new RangeError('The row of a run is damaged.');
  return {
    id: row.id,
    madeAt: row.made_at,
    name: row.name,
    strategy: row.strategy ?? '',
    studyDigest: row.study,
    fingerprint: row.fingerprint,
    dataset: row.dataset,
    engine: row.engine,
    digests: {
      trades: row.trades_digest,
      equity: row.equity_digest,
      metrics: row.metrics_digest,
    },
    metrics: JSON.parse(row.metrics) as HeadlineMetric[],
    labels: JSON.parse(row.labels) as string[],
    curve: {
      // Copies: a number must begin at a multiple of its size.
      day: new Int32Array(row.curve_days.slice().buffer),
      equity: new Float32Array(row.curve_equity.slice().buffer),
    },
  };
}

/** Texts are cut to what the journal takes. */
export const markRow = (run: string, { name, tags, starred }: RunMarks): MarkRow => ({
  run,
  name: name.slice(0, longestName),
  tags: JSON.stringify(tags.slice(0, mostTags).map((tag) => tag.slice(0, longestTag))),
  starred: starred ? 1 : 0,
});

/** Throws a RangeError on a row that this program did not write. */
export function marksOf(row: Omit<MarkRow, 'run'>): RunMarks {
  if (!isMark(row)) throw new RangeError('What is written on a run is damaged.');
  return { name: row.name, tags: JSON.parse(row.tags) as string[], starred: row.starred === 1 };
}

/** Whether a row from elsewhere holds what it should, beyond what the tables check. */
export const isStudy = ({ digest, name, study }: StudyRow): boolean => {
  const value: unknown = JSON.parse(study);
  return digestOf(study) === digest && Value.Check(studySchema, value) && value.name === name;
};

export const isMark = ({ tags }: Pick<MarkRow, 'tags'>): boolean =>
  Value.Check(tagsSchema, JSON.parse(tags));

export const isRun = (
  row: Pick<RunRow, 'made_at' | 'engine' | 'metrics' | 'labels' | 'curve_days' | 'curve_equity'>,
): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(row.made_at) &&
  !Number.isNaN(Date.parse(row.made_at)) &&
  /^\d+\.\d+\.\d+/.test(row.engine) &&
  Value.Check(metricsSchema, JSON.parse(row.metrics)) &&
  Value.Check(labelsSchema, JSON.parse(row.labels)) &&
  row.curve_days.length <= 4 * mostPoints &&
  row.curve_days.length % 4 === 0 &&
  row.curve_equity.length === row.curve_days.length &&
  new Float32Array(row.curve_equity.slice().buffer).every(Number.isFinite);
