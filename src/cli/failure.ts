import { CommanderError } from 'commander';
import { LabError, type LabErrorData, clipped, describe } from '../domain/errors.ts';
import { longestSentence } from '../domain/limits.ts';
import { BrokerFailure } from '../domain/live/broker.ts';
import { errorData } from '../wire/errors.ts';
import { failureFacts, failureLevel } from '../wire/log/failure.ts';
import { loggerOf } from '../wire/log/logger.ts';
import { told } from './remedies.ts';

export interface Failure {
  readonly code: number;
  /** What to say on standard error; nothing where nothing failed. */
  readonly lines: readonly string[];
  readonly facts: object;
}

/** The exit code that something thrown deserves, and how it is told: never as a stack. It is logged, too. */
export function failure(error: unknown): Failure {
  if (error instanceof CommanderError && error.exitCode === 0)
    return { code: 0, lines: [], facts: {} };
  const facts = told(factsOf(error));
  loggerOf('command')[failureLevel(facts)]('Failed', { ...failureFacts(facts) });
  const { kind, sql } = facts;
  const code = kind === 'cancelled' ? 130 : kind === 'engine' ? 1 : 2;
  const query = kind === 'engine' && sql !== undefined ? ['', ...sql.split('\n')] : [];
  return { code, lines: [`outsample: ${describe(facts)}`, ...query], facts };
}

function factsOf(error: unknown): LabErrorData {
  if (error instanceof LabError) return error.data;
  if (error instanceof CommanderError) return aboutArguments(error);
  if (error instanceof BrokerFailure) {
    const { problem, remedy } = error;
    return { kind: 'network', problem, remedy };
  }
  if (isOfSystem(error)) {
    return {
      kind: 'usage',
      problem: `The system refused this (${error.code}).`,
      remedy: 'Check the path, and that you may use it.',
      place: { ...(error.path !== undefined && { file: error.path }) },
      cause: error.message,
    };
  }
  return errorData(error);
}

const isOfSystem = (error: unknown): error is NodeJS.ErrnoException & { readonly code: string } =>
  error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';

function aboutArguments({ code, message }: CommanderError): LabErrorData {
  const said = clipped(message, longestSentence)
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ');
  return {
    kind: 'usage',
    problem:
      code === 'commander.help'
        ? 'No command is named.'
        : `The arguments cannot be used: ${said.replace(/\.$/, '')}.`,
    remedy: '`outsample --help` lists the commands, `outsample <command> --help` their options.',
  };
}
