/** What engines said of the same studies, held side by side. */
import { createHash } from 'node:crypto';

/**
 * Canonical texts of one study's answers, by name.
 * @typedef {Record<string, string>} Parts
 * @typedef {{ study: string, part: string, engines: [string, string], path: string, values: [string, string] }} Difference
 */

/** @param {Parts} parts */
export function digestOf(parts) {
  const hash = createHash('sha256');
  for (const name of Object.keys(parts).sort()) hash.update(`${name}\n${parts[name]}\n`);
  return hash.digest('hex');
}

/**
 * The first difference of every part, of each engine from the first that has the study.
 * @param {string} study
 * @param {[engine: string, parts: Parts][]} answers
 * @returns {Difference[]}
 */
export function differences(study, [first, ...others]) {
  if (first === undefined) return [];
  const [reference, expected] = first;
  return others.flatMap(([engine, parts]) =>
    Object.keys(expected)
      .filter((part) => parts[part] !== expected[part])
      .map((part) => {
        const pair = [expected, parts].map((side) => JSON.parse(side[part] ?? 'null'));
        const { path, values } = firstDifference(pair[0], pair[1], '');
        return { study, part, engines: [reference, engine], path, values };
      }),
  );
}

/**
 * Where two unequal values of JSON first differ, as a JSON pointer, and what stands there.
 * @returns {{ path: string, values: [string, string] }}
 */
export function firstDifference(a, b, path) {
  if (isGroup(a) && isGroup(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const [one, other] = [a[key], b[key]];
      if (JSON.stringify(one) !== JSON.stringify(other))
        return firstDifference(one, other, `${path}/${key}`);
    }
  }
  if (typeof a !== 'string' || typeof b !== 'string') return { path, values: [shown(a), shown(b)] };
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const near = (text) => JSON.stringify(text.slice(Math.max(0, at - 30), at + 30));
  return { path: at < 30 ? path : `${path}, character ${at}`, values: [near(a), near(b)] };
}

const isGroup = (value) => typeof value === 'object' && value !== null;
const shown = (value) => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60));
