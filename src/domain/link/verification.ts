import type { DatedTrades, Digests, Equity } from '../run.ts';
import { type BarsDifference, barsDifference } from './bar-hashes.ts';
import { type TableDifference, tableDifference } from './checkpoints.ts';
import {
  type DataEvidence,
  type FurtherTable,
  type RunEvidence,
  furtherTables,
  wholeTables,
} from './evidence.ts';
import type { LinkPayload } from './payload.ts';
import { placesThatDiffer, unpacked } from './short-hashes.ts';
import type { Day, Days } from '../units.ts';

/** What computes: versions of Outsample and DuckDB, and the SHA-256 of DuckDB's WebAssembly binary. */
export interface EngineIdentity {
  readonly outsample: string;
  readonly duckdb: string;
  readonly wasm: string;
}

export interface DataDifference {
  readonly bars: BarsDifference;
  /** Tables beside the bars that differ. */
  readonly tables: readonly FurtherTable[];
}

/** A block of rows in which two runs part, with the days it spans. */
export interface PartingBlock extends TableDifference {
  /** Days since 1970-01-01, of this machine's run; null where it ends before. */
  readonly fromDay: Day | null;
  readonly toDay: Day | null;
  /** Of a trade that is known exactly; null else. */
  readonly symbol: string | null;
}

export interface ResultDifference {
  /** Digests that differ. */
  readonly parts: readonly (keyof Digests)[];
  readonly trades: PartingBlock | null;
  readonly equity: PartingBlock | null;
}

export interface Verification {
  readonly verdict: 'exact' | 'different-result' | 'different-data';
  readonly engines: { readonly theirs: EngineIdentity; readonly ours: EngineIdentity };
  /** null where the dataset has the link's fingerprint. */
  readonly data: DataDifference | null;
  /** null where all digests are the link's. */
  readonly result: ResultDifference | null;
}

/** A run as verification reads it. */
export interface VerifiedRun {
  readonly fingerprint: string;
  readonly digests: Digests;
  readonly trades: DatedTrades;
  readonly symbols: readonly string[];
  readonly equity: Equity;
}

/** Holds a run of the link's study, and the data that it was made on, to what the link says. */
export function verificationOf(
  payload: LinkPayload,
  run: VerifiedRun,
  engine: EngineIdentity,
  evidence: { readonly data: DataEvidence; readonly run: RunEvidence },
): Verification {
  const sameData = run.fingerprint === payload.data.fingerprint;
  const data = sameData ? null : dataDifference(payload, evidence.data);
  const result = resultDifference(payload, run, evidence.run);
  return {
    verdict: !sameData ? 'different-data' : result === null ? 'exact' : 'different-result',
    engines: { theirs: payload.engine, ours: engine },
    data,
    result,
  };
}

function dataDifference({ data }: LinkPayload, { bars, tables }: DataEvidence): DataDifference {
  return {
    bars: barsDifference(bars, data.bars),
    tables: placesThatDiffer(wholeTables(tables), wholeTables(unpacked(data.tables))).map(
      (place) => furtherTables[place]!,
    ),
  };
}

const parts = ['trades', 'equity', 'metrics'] as const;

function resultDifference(
  { results }: LinkPayload,
  { digests, trades, symbols, equity }: VerifiedRun,
  evidence: RunEvidence,
): ResultDifference | null {
  const different = parts.filter((part) => digests[part] !== results[part]);
  if (different.length === 0) return null;
  const trade = tableDifference(evidence.trades, results.tradeCheckpoints);
  const session = tableDifference(evidence.equity, results.equityCheckpoints);
  const exact = trade !== null && trade.toRow === trade.fromRow + 1;
  return {
    parts: different,
    trades: trade && {
      ...trade,
      ...daysOf(trades.entryDay, trade),
      symbol: exact ? (symbols[trades.symbol[trade.fromRow] ?? -1] ?? null) : null,
    },
    equity: session && { ...session, ...daysOf(equity.day, session), symbol: null },
  };
}

const daysOf = (days: Days, { fromRow, toRow }: TableDifference) => ({
  fromDay: days[fromRow] ?? null,
  toDay: days[Math.min(toRow, days.length) - 1] ?? null,
});
