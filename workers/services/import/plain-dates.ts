import { dayFromIso } from '../../../src/domain/calendar.ts';
import type { DateFormat } from '../../../src/domain/reading.ts';

const [DASH, POINT, SLASH] = [45, 46, 47];

export const [firstYear, years] = [1800, 400];
/** The first day of each month of these years, and of the month after them. */
export const monthStarts: Int32Array<ArrayBuffer> = Int32Array.from(
  { length: years * 12 + 1 },
  (_, i) => {
    const year = firstYear + Math.floor(i / 12);
    return dayFromIso(`${year}-${String((i % 12) + 1).padStart(2, '0')}-01`);
  },
);

/** Where year, month and day stand in the dates of a file, all of them of full width; where two orders fit both are tried. */
export interface DateForm {
  readonly marks: readonly (readonly [at: number, byte: number])[];
  readonly length: number;
  readonly formats: readonly (readonly [DateFormat, year: number, month: number, day: number])[];
}

const yearFirst = (format: DateFormat, mark: number): DateForm => ({
  marks: [
    [4, mark],
    [7, mark],
  ],
  length: 10,
  formats: [[format, 0, 5, 8]],
});
const yearLast = (mark: number, ...formats: DateForm['formats']): DateForm => ({
  marks: [
    [2, mark],
    [5, mark],
  ],
  length: 10,
  formats,
});
export const dateForms: readonly DateForm[] = [
  yearFirst('YYYY-MM-DD', DASH),
  yearFirst('YYYY/MM/DD', SLASH),
  yearFirst('YYYY.MM.DD', POINT),
  yearLast(POINT, ['DD.MM.YYYY', 6, 3, 0]),
  yearLast(SLASH, ['DD/MM/YYYY', 6, 3, 0], ['MM/DD/YYYY', 6, 0, 3]),
  yearLast(DASH, ['DD-MM-YYYY', 6, 3, 0], ['MM-DD-YYYY', 6, 0, 3]),
  { marks: [], length: 8, formats: [['YYYYMMDD', 0, 4, 6]] },
];

/** Counts since 1970, by how many digits they have. */
export const countFormats: readonly (readonly [
  format: DateFormat,
  digits: readonly number[],
  perSecond: number,
])[] = [
  ['seconds', [9, 10], 1],
  ['milliseconds', [12, 13], 1e3],
  ['microseconds', [15, 16], 1e6],
];
