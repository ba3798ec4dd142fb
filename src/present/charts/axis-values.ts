/** A setting as an axis: its distinct values in order, with their words. */
export interface AxisValues {
  readonly title: string;
  readonly values: readonly (number | string | boolean | null)[];
  readonly words: readonly string[];
  /** All values are numbers, so that distances mean something. */
  readonly numeric: boolean;
}

type Value = AxisValues['values'][number];

/** Numbers ascend and come first; other values keep the order in which they came. */
export function axisOf(
  title: string,
  values: readonly Value[],
  wordOf: (value: Value) => string,
): AxisValues {
  const distinct = [...new Set(values)];
  const numbers = distinct.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  const others = distinct.filter((value) => typeof value !== 'number');
  const ordered = [...numbers, ...others];
  return { title, values: ordered, words: ordered.map(wordOf), numeric: others.length === 0 };
}

/** So many words that they fit, every second, third, … one. */
export function thinned(words: readonly string[], pixels: number, vertical: boolean): string[] {
  const longest = words.reduce((most, word) => Math.max(most, word.length), 1);
  const each = vertical ? 16 : longest * 7 + 10;
  const every = Math.max(Math.ceil((words.length * each) / Math.max(pixels, 1)), 1);
  return words.filter((_, i) => i % every === 0);
}
