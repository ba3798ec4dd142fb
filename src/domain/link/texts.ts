import type { Damage } from './damaged.ts';
import { deepestJson as deepest } from '../limits.ts';

/** Keys that JavaScript takes for something else. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/* eslint-disable no-control-regex -- these are what it is about */
/** Control characters, halves of characters, and what turns the direction of the text after it. */
const unsafe = /[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;
/** The same in text of several lines. */
const unsafeInLines = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;
/* eslint-enable no-control-regex */

/**
 * What no part of a payload may hold, of whatever the schema leaves free: file names, columns, symbols, notes,
 * versions and the study. Such text is shown on screens and in terminals as it is; it is never run and never made
 * a link. It has one line, except in a study, where expressions may have more. Null where all is well.
 */
export function faultInTexts(value: unknown, path = '', depth = 0): Damage | null {
  if (typeof value === 'string') return faultInText(value, path);
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return null;
  if (typeof value !== 'object') return { why: 'this is no JSON', path };
  if (depth === deepest)
    return { why: `its lists and objects are nested more than ${deepest} deep`, path };
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const fault = faultInTexts(value[i], `${path}/${i}`, depth + 1);
      if (fault !== null) return fault;
    }
    return null;
  }
  for (const [key, below] of Object.entries(value)) {
    if (forbidden.has(key)) return { why: 'a name in it is not allowed', path, value: key };
    const fault = faultInText(key, path) ?? faultInTexts(below, `${path}/${key}`, depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}

function faultInText(text: string, path: string): Damage | null {
  const severalLines = path.startsWith('/study/') && path !== '/study/name';
  const pattern = severalLines ? unsafeInLines : unsafe;
  if (!pattern.test(text)) return null;
  const value = text.replaceAll(new RegExp(unsafe, 'gu'), '�');
  return { why: 'a text holds control characters', path, value };
}
