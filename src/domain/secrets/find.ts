import { bareKeyIn } from './bare-keys.ts';
import { foundByKeptRules } from './kept-rules.ts';
import type { Secret } from './secret.ts';
import { type Shape, addresses, keys } from './shapes.ts';

/** No shape is shorter. */
const shortest = 7;
const longestShown = 60;

/**
 * The first secret in a text, by what is known of providers, addresses and labels; with `bare`, also a run of
 * characters that is only random. Null where there is none.
 */
export function secretIn(text: string, { bare = true } = {}): Secret | null {
  if (text.length < shortest) return null;
  const forms = [...formsOf(text)];
  return firstOf(forms, namedIn) ?? (bare ? firstOf(forms, bareIn) : null);
}

function firstOf(forms: readonly string[], find: (text: string) => Secret | null): Secret | null {
  for (const form of forms) {
    const found = find(form);
    if (found !== null) return found;
  }
  return null;
}

const namedIn = (text: string): Secret | null =>
  shapedAs(addresses, text) ?? keptIn(text) ?? shapedAs(keys, text);

function shapedAs(shapes: readonly Shape[], text: string): Secret | null {
  for (const { kind, pattern } of shapes) {
    const match = pattern.exec(text);
    if (match !== null) return { kind, shown: hidden(match), bare: false };
  }
  return null;
}

function keptIn(text: string): Secret | null {
  const found = foundByKeptRules(text);
  return found && { kind: found.kind, shown: begun(found.text), bare: false };
}

function bareIn(text: string): Secret | null {
  const run = bareKeyIn(text);
  return run === null ? null : { kind: 'what looks like a key', shown: begun(run), bare: true };
}

/** The text, and where they differ, as a reader of addresses and a reader of characters understand it. */
function formsOf(text: string): ReadonlySet<string> {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const decoded = plain.replace(/%([2-7][\da-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return new Set([text, plain, decoded]);
}

function hidden(match: RegExpExecArray): string {
  const secret = [...match.values()].slice(1).find(Boolean);
  if (secret === undefined) return begun(match[0]);
  const at = match[0].lastIndexOf(secret);
  const shown = `${match[0].slice(0, at)}…${match[0].slice(at + secret.length)}`;
  return shown.length <= longestShown ? shown : `${shown.slice(0, longestShown)}…`;
}

const begun = (text: string): string => `${text.slice(0, 4)}…`;
