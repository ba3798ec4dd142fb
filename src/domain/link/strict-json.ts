import { utf8 } from '@scure/base';
import { canonicalJson } from '../study/study.ts';
import { deepestJson as deepest } from '../limits.ts';
import { damaged } from './damaged.ts';

/** The most that is read. */
export interface Bounds {
  /** Of JSON in UTF-8. */
  readonly bytes: number;
  /** Texts, numbers, lists and objects: a few bytes of JSON can cost a hundred when they are parsed. */
  readonly values: number;
}

/**
 * JSON that was written as RFC 8785 says, and in no other way: so no key stands twice, no number is beyond what
 * JavaScript holds, and nothing hides in white space or escapes. Throws a LabError of kind 'link'.
 */
export function parsedJson(bytes: Uint8Array, bounds: Bounds): unknown {
  const excess = overrunOf(bytes, bounds);
  if (excess !== null) throw damaged(excess);
  const text = textOf(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged('it does not hold JSON');
  }
  if (canonicalJson(value) !== text) throw damaged('its JSON is not canonical');
  return value;
}

/** UTF-8 that was written in the one way there is; a byte order mark stays, and is no JSON. */
function textOf(bytes: Uint8Array): string {
  try {
    return utf8.encode(bytes);
  } catch {
    throw damaged('it is not UTF-8');
  }
}

const [quote, comma, backslash] = [0x22, 0x2c, 0x5c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * In what respect JSON is beyond the bounds; null where it is not. It is counted before anything is parsed: a
 * parser may survive what those who walk its result do not.
 */
export function overrunOf(json: Uint8Array, { bytes, values }: Bounds): string | null {
  if (json.length > bytes) return `it holds more than ${bytes} bytes`;
  let depth = 0;
  let count = 1;
  let isText = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (isText) {
      if (byte === backslash) i++;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === comma) count++;
    else if (byte === openList || byte === openObject) {
      count++;
      if (++depth > deepest) return `its lists and objects are nested more than ${deepest} deep`;
    } else if (byte === closeList || byte === closeObject) depth--;
  }
  return count > values ? `it holds more than ${values} values` : null;
}
