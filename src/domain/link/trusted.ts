import { Value } from '@sinclair/typebox/value';
import { LabError } from '../errors.ts';
import { canonicalJson } from '../study/study.ts';
import { type Damage, damaged } from './damaged.ts';
import { namedTables } from './evidence.ts';
import { type Checkpoints, type LinkPayload, payloadSchema } from './payload.ts';
import { hashLength } from './short-hashes.ts';
import { faultInTexts } from './texts.ts';

/**
 * The value as a payload, if it is one in every respect. The schema is closed: what it does not name is refused,
 * and only the study is left for completeStudy to judge. Throws a LabError of kind 'link' else.
 */
export function readablePayload(value: unknown): LinkPayload {
  const fault = faultOf(value);
  if (fault !== null) throw damaged(fault.why, fault);
  return value as LinkPayload;
}

/** The same for whoever makes a link: a text that no receiver would take is refused before it is sent. */
export function sendablePayload(payload: LinkPayload): LinkPayload {
  const fault = faultOf(payload);
  if (fault === null) return payload;
  const { why, ...place } = fault;
  throw new LabError({
    kind: 'link',
    problem: `This cannot be shared: ${why}.`,
    remedy: 'Correct it where it comes from, or leave it out.',
    place,
  });
}

function faultOf(value: unknown): Damage | null {
  const inTexts = faultInTexts(value);
  if (inTexts !== null) return inTexts;
  if (!Value.Check(payloadSchema, value)) {
    const path = Value.Errors(payloadSchema, value).First()?.path ?? '';
    return { why: 'this is not what a link holds here', path };
  }
  return faultInStudy(value) ?? inconsistency(value);
}

/** Characters of a study as canonical JSON; the longest expressions and searches come to a third of it. */
const longestStudy = 100_000;

const faultInStudy = ({ study }: LinkPayload): Damage | null =>
  canonicalJson(study).length > longestStudy
    ? { why: `the study has more than ${longestStudy} characters`, path: '/study' }
    : null;

/** Years that a dataset can span. */
const mostYears = 12_000;
/** Symbols × years: ten thousand symbols over two hundred years. Whoever verifies lays their own bars out over them. */
const mostSymbolYears = 2_000_000;

/** Lists of hashes have the length that the rest says. */
function inconsistency({ data, results }: LinkPayload): Damage | null {
  const { symbols, years, detail, prices, returns } = data.bars;
  const cells = detail === 'symbol-years' ? symbols.length * years : symbols.length + years;
  const path = '/data/bars';
  if (years > mostYears) return { why: `these are more than ${mostYears} years`, path };
  if (symbols.length * years > mostSymbolYears)
    return { why: `symbols × years are more than ${mostSymbolYears}`, path };
  if (new Set(symbols).size < symbols.length) return { why: 'a symbol stands twice', path };
  for (const hashes of [prices, returns]) {
    if (packedCount(hashes) !== cells)
      return { why: 'the hashes of the bars are not as many as they should be', path };
  }
  if (!namedTables.some((count) => count === packedCount(data.tables))) {
    const why = `the hashes of the series are not ${namedTables.join(', ')}`;
    return { why, path: '/data/tables' };
  }
  return (
    inconsistentCheckpoints(results.tradeCheckpoints, '/results/tradeCheckpoints') ??
    inconsistentCheckpoints(results.equityCheckpoints, '/results/equityCheckpoints')
  );
}

function inconsistentCheckpoints(
  { rows, every, blocks, columns }: Checkpoints,
  path: string,
): Damage | null {
  if (packedCount(blocks) !== Math.ceil(rows / every))
    return { why: 'the checkpoints are not as many as they should be', path };
  return packedCount(columns) === null
    ? { why: 'the hashes of the columns are incomplete', path }
    : null;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** How many short hashes a text of base64url holds; null where it is not what `packed` writes of any list of them. */
function packedCount(text: string): number | null {
  const bits = text.length * 6;
  const count = Math.floor(bits / (hashLength * 8));
  const spare = bits - count * hashLength * 8;
  if (spare >= 6) return null;
  // The last character has bits to spare, and they are 0.
  const last = text === '' ? 0 : alphabet.indexOf(text.at(-1)!);
  return last % (1 << spare) === 0 ? count : null;
}
