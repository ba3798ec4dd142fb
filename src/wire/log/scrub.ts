import { secretIn } from '../../domain/secrets/find.ts';
import { withoutSecrets } from '../egress.ts';

/** UTF-16 units of a text that are kept; what follows is cut off. */
const longest = 2000;
/** More than a secret is long: what the cut leaves of one would not be known for one. */
const margin = 300;

/** Runs that may be base64 of something long enough to be a secret. */
const base64Runs = /[A-Za-z0-9+/_-]{12,}/g;

/**
 * A text without secrets of known shapes: addresses lose what may be one; where another is found, as it stands or encoded
 * (percent, JSON, base64 at any offset), the whole text gives way to its kind.
 */
export function scrubbed(text: string): string {
  const seen = text.slice(0, longest + margin);
  const found = secretInAnyForm(seen);
  if (found !== null) return `[withheld: ${found}]`;
  const kept = seen === text ? seen : `${seen.slice(0, longest)}…`;
  return withoutSecrets(kept);
}

function secretInAnyForm(text: string): string | null {
  for (const form of new Set([text, unquoted(text), decoded(text), decoded(decoded(text))])) {
    const found = secretIn(form) ?? inBase64(form);
    if (found !== null) return found.kind;
  }
  return null;
}

/** What a JSON string of this text says. */
const unquoted = (text: string): string =>
  text
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    .replace(/\\(["\\/])/g, '$1');

const decoded = (text: string): string =>
  text.replace(/%([\da-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );

/** What a run says depends on where it begins, so it is read from each of four places. */
function inBase64(text: string): { readonly kind: string } | null {
  for (const [run] of text.matchAll(base64Runs)) {
    for (let from = 0; from < 4; from++) {
      const found = secretIn(fromBase64(run.slice(from)), { bare: false });
      if (found !== null) return found;
    }
  }
  return null;
}

function fromBase64(run: string): string {
  const whole = run.slice(0, run.length - (run.length % 4 === 1 ? 1 : 0));
  return atob(whole.replaceAll('-', '+').replaceAll('_', '/'));
}
