import { type LabErrorData, type LabErrorKind, describe } from '../../src/domain/errors.ts';
import { errorData } from '../../src/wire/errors.ts';
import type { Outcome } from './attack.ts';

export const refused: Outcome = { verdict: 'refused' };
export const right: Outcome = { verdict: 'right' };
export const failed = (why: string): Outcome => ({ verdict: 'failed', why });

/** Beyond what patience.mjs allows; without the figures, which differ from run to run. */
export const tooLong = 'It took more seconds of a core than a case may.';
export const tooLarge = 'It took more memory than a case may.';

/** What is no value, seen where a person reads; and a stack trace. */
const slips = /\bNaN\b|\bundefined\b|\[object |\bInfinity\b|^\s+at .+[:(]/m;

/** A slip in what is said, what is quoted from the input aside; null where there is none. */
export const slipIn = (text: string): string | null => anySlipIn(text.replaceAll(/“[^”]*”/g, '“”'));

/** The same where the input has none of them either. */
export function anySlipIn(own: string): string | null {
  const found = slips.exec(own);
  return found === null
    ? null
    : `It says “${own.slice(Math.max(0, found.index - 60), found.index + 60)}”`;
}

/** Whether an error is one that a person can act on: not a fault inside, of a fitting kind, with its place or remedy. */
export function refusal(error: LabErrorData, ...kinds: readonly LabErrorKind[]): Outcome {
  const text = describe(error);
  if (!kinds.includes(error.kind)) return failed(`Refused as ‘${error.kind}’: ${text}`);
  if (error.remedy === undefined && Object.keys(error.place ?? {}).length === 0)
    return failed(`Neither place nor remedy: ${text}`);
  const slip = slipIn(text);
  return slip === null ? refused : failed(slip);
}

/** What became of `work`, which is right where it returns null and else says what is wrong. */
export async function outcomeOf(
  work: () => string | null | Promise<string | null>,
  ...kinds: readonly LabErrorKind[]
): Promise<Outcome> {
  try {
    const wrong = await work();
    return wrong === null ? right : failed(wrong);
  } catch (error) {
    return refusal(errorData(error), ...kinds);
  }
}
