import { DataType, type Field, type Vector } from 'apache-arrow';
import { LabError } from '../../../src/domain/errors.ts';
import { arrowTable, damaged, refuseDamage } from '../import/arrow.ts';
import type { GivenReturns } from './given.ts';
import { notDate, notNumeric, refuseTooMuch } from './given.ts';
import { dateColumnOf, instantOfCell, textOfCell } from './typed-columns.ts';

/** Reads Arrow IPC, file or stream. */
export function readArrow(file: string, bytes: Uint8Array): GivenReturns {
  try {
    return readColumns(file, bytes);
  } catch (error) {
    throw error instanceof LabError ? error : damaged(file, error);
  }
}

function readColumns(file: string, bytes: Uint8Array): GivenReturns {
  const table = arrowTable(file, bytes);
  const { fields } = table.schema;
  const periods = table.numRows;
  const dates = dateColumnOf(fields.map(({ type }) => isDated(type as DataType)));
  refuseTooMuch(file, fields.length - 1, periods);
  const columnAt = (at: number): Vector => {
    const column = table.getChildAt(at)!;
    refuseDamage(file, fields[at]!.name, column);
    return column;
  };
  const trials = fields.flatMap((field, at) => (at === dates ? [] : [{ field, at }]));
  const values = new Float64Array(trials.length * periods);
  for (const [trial, { field, at }] of trials.entries())
    fill(values.subarray(trial * periods, (trial + 1) * periods), columnAt(at), { file, field });
  const dateName = fields[dates]?.name ?? '';
  const column = fields.length === 0 ? null : columnAt(dates);
  return {
    file,
    dateName,
    names: trials.map(({ field }) => field.name),
    instants: Float64Array.from({ length: periods }, (_, i) => {
      const cell: unknown = column?.get(i);
      const instant = instantOfCell(cell, isDated(column?.type as DataType));
      if (instant === null)
        throw notDate({ file, line: i + 1, column: dateName, value: textOfCell(cell) });
      return instant;
    }),
    values,
    lineOf: (period) => period + 1,
  };
}

const isDated = (type: DataType): boolean => DataType.isDate(type) || DataType.isTimestamp(type);

function fill(
  out: Float64Array,
  column: Vector,
  { file, field }: { readonly file: string; readonly field: Field },
): void {
  let period = 0;
  for (const data of column.data) {
    const isPlain =
      DataType.isFloat(data.type) && data.values instanceof Float64Array && data.nullCount === 0;
    if (isPlain) {
      out.set(data.values.subarray(0, data.length), period);
      period += data.length;
      continue;
    }
    for (let i = 0; i < data.length; i++, period++) {
      const cell: unknown = column.get(period);
      if (cell === null || typeof cell === 'number' || typeof cell === 'bigint')
        out[period] = cell === null ? NaN : Number(cell);
      else
        throw notNumeric({ file, line: period + 1, column: field.name, value: textOfCell(cell) });
    }
  }
}
