import { configureSync, type LogLevel, type LogRecord } from '@logtape/logtape';
import { loggerOf, root } from './logger.ts';
import { plain, said } from './plain.ts';

/** A record on its way from a worker to its page, beside Comlink's messages. */
interface Told {
  readonly log: {
    readonly module: string;
    readonly level: LogLevel;
    readonly timestamp: number;
    readonly message: string;
    readonly properties: Record<string, unknown>;
  };
}

const isTold = (data: unknown): data is Told =>
  typeof data === 'object' && data !== null && 'log' in data;

/** In a worker: all records go to the page, whose sink scrubs them. */
export function logToPage(): void {
  const page = ({ category, level, timestamp, message, properties }: LogRecord): void => {
    const log = {
      ...{ module: category.at(-1) ?? '', level, timestamp, message: said(message) },
      properties: plain(properties, String) as Record<string, unknown>,
    };
    postMessage({ log } satisfies Told);
  };
  configureSync({
    sinks: { page },
    loggers: [
      { category: root, lowestLevel: 'debug', sinks: ['page'] },
      { category: ['logtape', 'meta'], lowestLevel: 'warning', sinks: ['page'] },
    ],
  });
}

/** On the page: logs what a worker tells. */
export function hear(worker: Worker): void {
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isTold(data)) return;
    const { module, message, ...record } = data.log;
    loggerOf(module).emit({ ...record, message: [message], rawMessage: message });
  });
}
