import { returnsCsv } from '../../../src/present/tables/returns.ts';
import type { ReturnsFormat, TrialReturns } from '../../../src/domain/validation/trial-returns.ts';
import type { ExportFile, Pieces } from '../../../src/wire/lab.ts';
import { arrowPieces } from './write-arrow.ts';
import { parquetPieces } from './write-parquet.ts';

const written: Readonly<
  Record<ReturnsFormat, { readonly type: string; of(returns: TrialReturns): Pieces }>
> = {
  csv: { type: 'text/csv', of: returnsCsv },
  arrow: { type: 'application/vnd.apache.arrow.file', of: arrowPieces },
  parquet: { type: 'application/vnd.apache.parquet', of: parquetPieces },
};

/** Trial returns as a file whose pieces are made while they are taken: the matrix is in memory, the file never is. */
export const returnsFile = (returns: TrialReturns, format: ReturnsFormat): ExportFile => ({
  name: `returns.${format}`,
  type: written[format].type,
  content: written[format].of(returns),
});
