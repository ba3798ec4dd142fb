import { equityColumns, tradeColumns } from '../../src/domain/digest.ts';
import { LabError } from '../../src/domain/errors.ts';
import { marketHashes } from '../../src/domain/link/bar-hashes.ts';
import { tableHashes } from '../../src/domain/link/checkpoints.ts';
import {
  type DataEvidence,
  type Evidence,
  type RunEvidence,
  tableEvidence,
} from '../../src/domain/link/evidence.ts';
import type { LinkPayload } from '../../src/domain/link/payload.ts';
import { type Verification, verificationOf } from '../../src/domain/link/verification.ts';
import type { RunResult } from '../../src/wire/lab.ts';
import type { Engine } from '../engines/engine.ts';
import { type Dataset, furtherTables } from './dataset.ts';
import { finerColumns } from './finer.ts';
import { readTerms } from './contracts.ts';
import { readSpells } from './listings.ts';

/** Hashes of the dataset and of a run on it, for a link. */
export async function evidence(
  result: RunResult,
  dataset: Dataset,
  engine: Engine,
): Promise<Evidence> {
  return { data: await dataEvidence(dataset, engine), run: runEvidence(result) };
}

/** Holds a run to what a link says. Throws where it is a run of another study. */
export async function verify(
  payload: LinkPayload,
  result: RunResult,
  dataset: Dataset,
  engine: Engine,
): Promise<Verification> {
  if (result.studyDigest !== payload.results.study) {
    throw new LabError({
      kind: 'link',
      problem: 'The last run is of another study than the link’s.',
      remedy: 'Run the link’s study, unchanged.',
    });
  }
  return verificationOf(payload, result, result.engine, await evidence(result, dataset, engine));
}

async function dataEvidence(
  { market, finer, summary }: Dataset,
  engine: Engine,
): Promise<DataEvidence> {
  const beside = {
    ...{ spells: await readSpells(engine), terms: await readTerms(engine) },
    dates: summary.clock?.dates,
    detail: finer === undefined ? null : finerColumns(finer, market.symbols),
  };
  const tables = tableEvidence(await furtherTables(engine, beside));
  return { bars: marketHashes(market), tables };
}

function runEvidence({ trades, symbols, equity }: RunResult): RunEvidence {
  const inOrderOfEntry = Array.from({ length: trades.length }, (_, i) => i);
  return {
    trades: tableHashes(tradeColumns(trades, symbols, inOrderOfEntry)),
    equity: tableHashes(equityColumns(equity)),
  };
}
