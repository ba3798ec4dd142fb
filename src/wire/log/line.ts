import type { LogLevel, LogRecord } from '@logtape/logtape';
import {
  DEFAULT_REDACT_FIELDS,
  EMAIL_ADDRESS_PATTERN,
  JWT_PATTERN,
  redactByField,
  redactByPattern,
} from '@logtape/redaction';
import { type Plain, plain, said } from './plain.ts';
import { scrubbed } from './scrub.ts';

/** One line of a log. It tells what the program did: no prices, and of a person's texts the names of files alone. */
export interface LogLine {
  /** In UTC: '2026-01-31T12:00:00.000Z'. */
  readonly time: string;
  readonly level: LogLevel;
  /** Who tells: 'lab', 'journal', 'page' … */
  readonly module: string;
  readonly message: string;
  /** Number of the call in its worker. */
  readonly run?: number;
  readonly phase?: string;
  /** How long it took, milliseconds. */
  readonly ms?: number;
  readonly facts?: Readonly<Record<string, Plain>>;
}

/** Takes lines of JSON, scrubbed, without a line feed. */
export type Output = (line: string, level: LogLevel) => void;

/**
 * The only sink of a thread: fields that are named like secrets are emptied, texts are scrubbed one by one, then the line
 * as a whole; what is left goes to every output.
 */
export function oneSink(...outputs: readonly Output[]): (record: LogRecord) => void {
  const text = redactByPattern(
    (record) => JSON.stringify(lineOf(record)),
    [JWT_PATTERN, EMAIL_ADDRESS_PATTERN],
  );
  return redactByField(
    (record) => {
      const line = text(record);
      for (const put of outputs) put(line, record.level);
    },
    { fieldPatterns: DEFAULT_REDACT_FIELDS, action: () => '[withheld]' },
  );
}

function lineOf({ timestamp, level, category, message, properties }: LogRecord): LogLine {
  const { run, phase, ms, ...facts } = plain(properties, scrubbed) as Record<string, Plain>;
  return {
    time: new Date(timestamp).toISOString(),
    level,
    module: scrubbed(category.at(-1) ?? ''),
    message: scrubbed(said(message)),
    ...(typeof run === 'number' && { run }),
    ...(typeof phase === 'string' && { phase }),
    ...(typeof ms === 'number' && { ms: Math.round(ms) }),
    ...(Object.keys(facts).length > 0 && { facts }),
  };
}
