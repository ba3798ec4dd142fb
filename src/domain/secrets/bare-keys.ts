/** Runs of what keys are written in: hex, base64, base64url, base58. */
const runs = /[A-Za-z0-9+/_=-]{20,}/g;

/** What Outsample writes itself: the fragment of a link. */
const fragments = /#?\bs\d{1,9}\.[\w-]{40,}/g;
/** A SHA-256 as digests are written. */
const digests = /(?<![A-Za-z\d])[\da-f]{64}(?![A-Za-z\d])/g;
/** Identifiers that are no secrets: of commits and contents, with a word that says so; UUIDs; addresses of chains. */
const identifiers =
  /\b(?:sha-?(?:1|2|224|256|384|512)|md5|blake\w{1,3}|digest|hash|fingerprint|checksum|commit|rev(?:ision)?|etag|tree|blob|git|run|study|trades|equity|metrics)s?\W{1,3}[\da-f]{7,128}\b|\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b|\b0x[\da-f]{40}\b/gi;

/**
 * The first run of characters that only a generator of keys writes: no words, no numbers, no dates. A SHA-256 in
 * lower-case hex passes: a digest is public.
 */
export function bareKeyIn(text: string): string | null {
  const rest = [fragments, identifiers, digests].reduce(
    (rest, own) => rest.replace(own, ' '),
    text,
  );
  for (const [run] of rest.matchAll(runs)) {
    const hex = run.split(/[^\da-z]/i).find(isHexKey);
    if (hex !== undefined) return hex;
    if (isRandom(run.replace(/[^A-Za-z0-9]/g, ''))) return run;
  }
  return null;
}

function isHexKey(part: string): boolean {
  const digits = part.replace(/^0x/i, '');
  if (!/^[\da-f]{32,}$/i.test(digits) || distinct(digits) < 9) return false;
  return /\d/.test(digits) && /[a-f]/i.test(digits);
}

/** Letters that make a word, more or less, and numbers: what names are put together of. */
const wordlike = /[A-Z]?[a-z]{2,3}(?![a-z])|[A-Z]?(?=[a-z]*[aeiouy])[a-z]{4,}|[A-Z]{3,}|\d{2,}/g;
const wordlikeInOneCase = /(?=[a-z]*[aeiouy])[a-z]{3,}|[A-Z]{3,}|\d{2,}/g;

/** Shares of a run that words and numbers make up at most, in random letters of two cases, and of one. */
const mostInTwoCases = 0.78;
const mostInOneCase = 0.88;

function isRandom(run: string): boolean {
  const digits = run.replace(/\D/g, '').length;
  const twoCases = /[a-z]/.test(run) && /[A-Z]/.test(run);
  if (run.length < (twoCases ? 20 : 24) || digits < (twoCases ? 1 : 3)) return false;
  if (digits === run.length || distinct(run) < Math.min(14, run.length / 2)) return false;
  const words = run.match(twoCases ? wordlike : wordlikeInOneCase) ?? [];
  return words.join('').length <= run.length * (twoCases ? mostInTwoCases : mostInOneCase);
}

const distinct = (text: string): number => new Set(text).size;
