/**
 * A setting's number as a person types and reads it. Shares of one stand in a study as ratios and on the page in
 * percent; the decimal point moves, and no digit changes.
 */
export const typedUnit = (unit: string): string => (unit === 'ratio' ? '%' : unit);

/** 0.005 of the unit ratio as “0.5”. */
export const typedNumber = (value: number, unit: string): string =>
  unit === 'ratio' ? asPercent(value) : String(value);

/** “0.5” or “0.5 %” of the unit ratio as 0.005; NaN for text that is no number. */
export function numberTyped(text: string, unit: string): number {
  const number = (unit === 'ratio' ? text.replace(/%\s*$/, '') : text).trim();
  if (number === '' || !Number.isFinite(Number(number))) return NaN;
  return Number(unit === 'ratio' ? moved(number, -2) : number);
}

/** Bounds in a sentence about a ratio, “at most 1”, in percent: “at most 100 %”. */
export const boundsInPercent = (sentence: string): string =>
  sentence.replace(
    /\b(at least|above|at most|below) (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)/g,
    (_, bound: string, value: string) => `${bound} ${asPercent(Number(value))}\u202f%`,
  );

/** The shortest text that is read back as the same ratio. */
function asPercent(value: number): string {
  const text = moved(String(value), 2);
  const short = String(Number(text));
  return Number(moved(short, -2)) === value ? short : text;
}

/** A number's text with its point moved by so many places: 12.5 as 12.5e-2. */
function moved(text: string, places: number): string {
  const [digits = '', exponent = '0'] = text.toLowerCase().split('e');
  return `${digits}e${Number(exponent) + places}`;
}
