import { type LogLevel, compareLogLevel, configureSync } from '@logtape/logtape';
import type { LabErrorData } from '../../domain/errors.ts';
import { failureFacts, failureLevel } from './failure.ts';
import { type LogChoice, isLogChoice } from './levels.ts';
import { oneSink } from './line.ts';
import { loggerOf, root } from './logger.ts';
import { Ring } from './ring.ts';

/** The page's log: lines are kept in memory until the page goes, warnings and errors are on the console too. */
export const ring = new Ring(1000);

const key = 'outsample.log-level';

/** From which level on lines are kept: a person's choice, which the browser remembers. */
export function levelOfPage(): LogChoice {
  try {
    const kept = localStorage.getItem(key);
    if (isLogChoice(kept)) return kept;
  } catch {
    // Storage may be forbidden.
  }
  return 'debug';
}
let level = levelOfPage();

export function setLevelOfPage(next: LogChoice): void {
  level = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // It lasts for this visit.
  }
}

function onConsole(line: string, of: LogLevel): void {
  if (of === 'warning') console.warn(line);
  else if (of === 'error' || of === 'fatal') console.error(line);
}

const sink = oneSink((line) => ring.take(line), onConsole);
configureSync({
  sinks: { sink },
  filters: { wanted: (record) => level !== 'off' && compareLogLevel(record.level, level) >= 0 },
  loggers: [
    { category: root, lowestLevel: 'debug', sinks: ['sink'], filters: ['wanted'] },
    { category: ['logtape', 'meta'], lowestLevel: 'warning', sinks: ['sink'] },
  ],
});

/** A failure as a person was told of it. */
export const tellFailure = (error: LabErrorData): void =>
  loggerOf('page')[failureLevel(error)]('Shown: a failure', { ...failureFacts(error) });
