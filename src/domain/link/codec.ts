import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import { deflateRaw } from 'pako';
import { LabError } from '../errors.ts';
import { canonicalJson } from '../study/study.ts';
import { damaged } from './damaged.ts';
import { inflated } from './inflate.ts';
import type { LinkPayload } from './payload.ts';
import { type Bounds, parsedJson } from './strict-json.ts';
import { shareablePayload } from './shareable.ts';
import { readablePayload, sendablePayload } from './trusted.ts';

/**
 * A link's fragment: `s1.` and base64url, without padding, of raw deflate (RFC 1951) of the payload as canonical
 * JSON (RFC 8785). Whoever sends one may be hostile: it is bounded before it is inflated, while it is inflated and
 * before it is parsed, and what comes out is what the schema allows and nothing else.
 */
const newest = 's1';
/** How each released version is read; an earlier one's reader brings its payload to the newest schema. */
const readers: ReadonlyMap<string, (value: unknown) => LinkPayload> = new Map([
  ['s1', readablePayload],
]);

/** Characters of a link: 25 times what is offered as one. Whatever has more travels as a file. */
const longest = 200_000;
const bounds: Bounds = { bytes: 500_000, values: 10_000 };

/**
 * A payload as what a link is made of. Throws a LabError of kind 'link' where no receiver would take it, or it gives a
 * secret away.
 */
export const jsonOf = (payload: LinkPayload): Uint8Array =>
  utf8ToBytes(canonicalJson(shareablePayload(payload)));

/** The same JSON has the same fragment in every engine: with the classic hash, pako's bits are zlib's, level 9. */
export const linkOf = (json: Uint8Array): string =>
  `${newest}.${base64urlnopad.encode(deflateRaw(json, { level: 9, legacyHash: true }))}`;

/** The fragment of a payload, without #. Throws a LabError of kind 'link' where no receiver would take the payload. */
export const encodeLink = (payload: LinkPayload): string => linkOf(jsonOf(payload));

/** The same of a payload whose texts have passed before: it was read, or is one of several of the same run. */
export const encodeAgain = (payload: LinkPayload): string =>
  linkOf(utf8ToBytes(canonicalJson(sendablePayload(payload))));

/** Reads a fragment, with or without #, or a whole address. Throws a LabError of kind 'link' on anything else. */
export function decodeLink(text: string): LinkPayload {
  if (text.length > longest) {
    throw new LabError({
      kind: 'link',
      problem: `The link has ${text.length} characters; ${longest} is the most that is read.`,
      remedy: 'Ask for the .outsample file instead.',
    });
  }
  return payloadOf(text, bounds);
}

/** The same for a text of any length, that whoever calls it has bounded. */
export function payloadOf(text: string, bounds: Bounds): LinkPayload {
  const { version, packed } = partsOf(text);
  const readable = readers.get(version);
  if (readable === undefined) {
    throw new LabError({
      kind: 'link',
      problem: 'The link was made by a newer or unknown version of Outsample.',
      remedy: 'Open it with a newer Outsample.',
      place: { value: version },
    });
  }
  return readable(parsedJson(inflated(bytesOf(packed), bounds.bytes), bounds));
}

/** Chat programs put an address between < and >. */
function partsOf(text: string): { version: string; packed: string } {
  const address = text.trim().replace(/^<(.*)>$/s, '$1');
  const fragment = address.slice(address.lastIndexOf('#') + 1).trim();
  const [, version, packed] = /^(s\d{1,9})\.(.*)$/s.exec(fragment) ?? [];
  if (version !== undefined && packed !== undefined) return { version, packed };
  throw new LabError({
    kind: 'link',
    problem: 'This is no link to a run: it has no part that begins with #s1.',
    remedy: 'Copy the whole link, to its last character.',
  });
}

/** Of whole bytes, and about as many as are inflated at once. */
const pieceOfText = 1364;

function* bytesOf(packed: string): Generator<Uint8Array> {
  try {
    for (let at = 0; at < packed.length; at += pieceOfText)
      yield base64urlnopad.decode(packed.slice(at, at + pieceOfText));
  } catch {
    throw damaged('it is not base64url');
  }
}

/** Whether a fragment is short enough to be read again. */
export const isReadable = (fragment: string): boolean => fragment.length <= longest;

/** How well a link of so many characters travels: beyond `too-long` a file is offered in its place. */
export type Weight = 'light' | 'heavy' | 'too-long';
const lightest = 1900;
const heaviest = 8000;

export const weightOf = (characters: number): Weight =>
  characters <= lightest ? 'light' : characters <= heaviest ? 'heavy' : 'too-long';
