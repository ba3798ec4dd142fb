import { type LabErrorData, clipped } from '../../domain/errors.ts';

/**
 * What a log tells of a failure. Offending values, SQL and whatever stands in quotation marks are a person's, or their
 * data's: they are left out.
 */
export function failureFacts({ kind, code, problem, place, cause }: LabErrorData): object {
  const { file, line, column, path } = place ?? {};
  return {
    ...{ kind, code, file, line, path },
    ...(column !== undefined && { column: '…' }),
    ...(kind !== 'query' && { problem: withoutQuoted(problem) }),
    ...(kind !== 'query' && cause !== undefined && { cause: withoutQuoted(cause) }),
  };
}

/** How grave it is: a person's stop is none, what broke inside is most. */
export const failureLevel = ({ kind }: LabErrorData): 'info' | 'warning' | 'error' =>
  kind === 'cancelled' ? 'info' : kind === 'engine' ? 'error' : 'warning';

const withoutQuoted = (text: string): string =>
  clipped(text, 600)
    .replace(/“[^”]*”?/g, '“…”')
    .replace(/"[^"]*"?/g, '"…"')
    .replace(/(?<![\p{L}\d])'[^']*'?/gu, "'…'");
