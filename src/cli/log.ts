import { getRotatingFileSink } from '@logtape/file';
import { type Sink, configureSync, resetSync } from '@logtape/logtape';
import { version } from '../../package.json';
import { LabError } from '../domain/errors.ts';
import { type LogChoice, isLogChoice, logLevels } from '../wire/log/levels.ts';
import { type Output, oneSink } from '../wire/log/line.ts';
import { loggerOf, root } from '../wire/log/logger.ts';
import type { LogOptions } from './log-options.ts';
import { sayLog } from './terminal.ts';

/** Bytes of a file before it is set aside as FILE.1, and how many are kept. */
const rotation = { maxSize: 4 * 2 ** 20, maxFiles: 5 };

/** Begins the log of one command: nothing unless it is asked for, by an option or by OUTSAMPLE_LOG. */
export function startLog(command: string, { log, logLevel }: LogOptions): void {
  resetSync();
  const level = logLevel ?? levelOfEnvironment() ?? (log === undefined ? 'off' : 'debug');
  if (level === 'off') return;
  configureSync({
    sinks: { sink: log === undefined ? oneSink(sayLog) : inFile(log) },
    loggers: [
      { category: root, lowestLevel: level, sinks: ['sink'] },
      { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: ['sink'] },
    ],
  });
  loggerOf('command').info('Begun', { command, version, node: process.version });
}

/** The file's own sink takes nothing but scrubbed lines. */
function inFile(path: string): Sink & Disposable {
  const file = getRotatingFileSink(path, {
    ...rotation,
    bufferSize: 0, // A log that ends in a fault has to have its last line.
    formatter: ({ message }) => `${String(message[0])}\n`,
  });
  const put: Output = (line, level) =>
    file({
      ...{ category: [root], level, rawMessage: line, message: [line] },
      ...{ timestamp: 0, properties: {} },
    });
  return Object.assign(oneSink(put), { [Symbol.dispose]: () => file[Symbol.dispose]() });
}

function levelOfEnvironment(): LogChoice | undefined {
  const wanted = process.env['OUTSAMPLE_LOG'];
  if (wanted === undefined || isLogChoice(wanted)) return wanted;
  throw new LabError({
    kind: 'usage',
    problem: 'OUTSAMPLE_LOG is no level of a log.',
    remedy: `Set it to ${logLevels.slice(0, -1).join(', ')} or ${logLevels.at(-1)}, or unset it.`,
    place: { value: wanted },
  });
}
