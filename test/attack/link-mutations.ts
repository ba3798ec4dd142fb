import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad, utf8 } from '@scure/base';
import { deflateRaw, inflateRaw } from 'pako';
import { LabError } from '../../src/domain/errors.ts';
import { decodeLink, encodeLink } from '../../src/domain/link/codec.ts';
import type { LinkPayload } from '../../src/domain/link/payload.ts';
import { canonicalJson } from '../../src/domain/study/study.ts';

/** A whole number from 0 to below − 1. */
type Next = (below: number) => number;
type Mutation = (bytes: Uint8Array, next: Next) => Uint8Array;

const splice: Mutation = (bytes, next) => {
  const from = next(bytes.length);
  const to = from + next(30);
  return concatBytes(bytes.subarray(0, from), bytes.subarray(to));
};
const flip: Mutation = (bytes, next) => {
  const copy = bytes.slice();
  copy[next(copy.length)]! ^= 1 << next(8);
  return copy;
};
const truncate: Mutation = (bytes, next) => bytes.slice(0, next(bytes.length));
const insert: Mutation = (bytes, next) => {
  const at = next(bytes.length);
  const added = Uint8Array.from({ length: 1 + next(8) }, () => next(256));
  return concatBytes(bytes.subarray(0, at), added, bytes.subarray(at));
};
const repeat: Mutation = (bytes, next) => {
  const at = next(bytes.length);
  return concatBytes(bytes.subarray(0, at), bytes.subarray(next(at + 1)));
};
/** What JSON is made of, put where it does not belong. */
const tokens = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  '1e999',
  'null',
  '-0',
  '\\u0000',
  '"__proto__":',
];
const token: Mutation = (bytes, next) => {
  const at = next(bytes.length);
  const text = utf8ToBytes(tokens[next(tokens.length)]!);
  return concatBytes(bytes.subarray(0, at), text, bytes.subarray(at + next(4)));
};
export const mutations = [splice, flip, truncate, insert, repeat, token];

/** Another value in the place of one of those in JSON. */
function otherValue(value: unknown, next: Next): unknown {
  if (typeof value !== 'object' || value === null || next(6) === 0)
    return values[next(values.length)];
  if (Array.isArray(value)) {
    const at = next(value.length + 1);
    return value.toSpliced(
      at,
      next(2),
      ...(at < value.length ? [otherValue(value[at], next)] : []),
    );
  }
  const keys = Object.keys(value);
  const key = [...keys, ...moreKeys][next(keys.length + moreKeys.length)]!;
  const below: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  const others = Object.entries(value).filter(([name]) => name !== key);
  const entry = [key, otherValue(below, next)] as const;
  return Object.fromEntries(next(5) === 0 ? others : [...others, entry]);
}
const values = [
  '',
  'a',
  '\u202e',
  '\ud800',
  'javascript:',
  '/',
  'AAAAAAA',
  -1,
  0,
  1,
  0.5,
  1e9,
  1e300,
  null,
  true,
  [],
  {},
];
const moreKeys = ['__proto__', 'constructor', 'name', 'synthetic', 'toString'];

const inflatedPart = (link: string): Uint8Array => inflateRaw(base64urlnopad.decode(link.slice(3)));
const linkOf = (json: Uint8Array): string =>
  `s1.${base64urlnopad.encode(deflateRaw(json, { level: 9, legacyHash: true }))}`;

/**
 * Damages a link in its text, its deflate, its JSON or its values, and throws unless it is then refused as a link,
 * or read as a payload whose own link means the same; and that within 100 ms. Returns whether it was read.
 */
export function survives(link: string, next: Next): boolean {
  const damage = (bytes: Uint8Array): Uint8Array =>
    Array.from({ length: 1 + next(3) }, () => mutations[next(mutations.length)]!).reduce(
      (made, mutate) => (made.length === 0 ? made : mutate(made, next)),
      bytes,
    );
  const json = inflatedPart(link);
  const layers = [
    () => String.fromCharCode(...damage(utf8ToBytes(link))),
    () => `s1.${base64urlnopad.encode(damage(base64urlnopad.decode(link.slice(3))))}`,
    () => linkOf(damage(json)),
    () => linkOf(utf8ToBytes(canonicalJson(otherValue(JSON.parse(utf8.encode(json)), next)))),
  ];
  const layer = next(layers.length);
  const text = layers[layer]!();
  const { payload, took } = read(text);
  // A busy machine may hold up one call; it does not hold up four.
  if (took > 100 && Math.min(...[1, 2, 3].map(() => read(text).took)) > 100)
    throw new Error(`Too slow: ${text}`);
  if (payload === null) return false;
  // Deflate can say one thing in many ways, JSON here in one alone.
  const own = encodeLink(payload);
  if (layer >= 2 && own !== text) throw new Error(`Read, but its own link is another: ${text}`);
  if (canonicalJson(decodeLink(own)) !== canonicalJson(payload))
    throw new Error(`Read, but its own link means something else: ${text}`);
  return true;
}

/** The payload is null where it is refused as a link should be. */
function read(text: string): { payload: LinkPayload | null; took: number } {
  const started = performance.now();
  let payload: LinkPayload | null = null;
  try {
    payload = decodeLink(text);
  } catch (error) {
    if (!(error instanceof LabError && error.data.kind === 'link')) throw error;
  }
  return { payload, took: performance.now() - started };
}
