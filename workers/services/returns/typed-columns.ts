import { instantOf } from './given.ts';

/**
 * The column of dates in a file that types its columns: the first, or the only one of dates, as pandas writes an index
 * last.
 */
export function dateColumnOf(isDated: readonly boolean[]): number {
  const only = isDated.indexOf(true);
  return isDated[0] === true || only < 0 || isDated.indexOf(true, only + 1) >= 0 ? 0 : only;
}

/** Milliseconds of the years 1 to 9999: what is beyond is damage, or no date. */
const [earliest, latest] = [-62_135_596_800_000, 253_402_300_799_999];

/** Milliseconds since 1970-01-01 of a cell; null where it holds no date. */
export function instantOfCell(cell: unknown, isDated: boolean): number | null {
  const instant = instantIn(cell, isDated);
  return instant !== null && instant >= earliest && instant <= latest ? instant : null;
}

function instantIn(cell: unknown, isDated: boolean): number | null {
  if (cell instanceof Date) return cell.getTime();
  if (typeof cell === 'string') return instantOf(cell.trim());
  if (typeof cell !== 'number' && typeof cell !== 'bigint') return null;
  return isDated ? Number(cell) : instantOf(String(cell)); // 20240102
}

/** A cell as an error quotes it. */
export function textOfCell(cell: unknown): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString();
  switch (typeof cell) {
    case 'string':
      return cell;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(cell);
    default:
      return cell === null || cell === undefined ? '' : 'a list or a structure';
  }
}
