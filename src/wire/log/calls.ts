import type { LabErrorData } from '../../domain/errors.ts';
import type { OnProgress } from '../lab.ts';
import { failureFacts, failureLevel } from './failure.ts';
import { loggerOf } from './logger.ts';

type Method = (...given: readonly unknown[]) => unknown;
type Answered =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: LabErrorData };

/** What is worth telling of answers, and which methods are given a progress as their last argument. */
export interface Telling {
  /** By method. With a `warning` among them the line is one. */
  readonly facts?: Readonly<Record<string, (answer: never) => object>>;
  readonly reports?: (method: string) => boolean;
}

/**
 * The same service, which logs every call: its beginning, each phase with its milliseconds, its end with the facts of the
 * answer, or how it failed. Methods that answer with no promise stay as they are.
 */
export function logged<Service extends object>(
  module: string,
  service: Service,
  { facts = {}, reports = () => false }: Telling = {},
): Service {
  const logger = loggerOf(module);
  let calls = 0;
  const told =
    (name: string, method: Method): Method =>
    (...given) => {
      const run = ++calls;
      const begun = performance.now();
      logger.debug(`${name}: called`, { run });
      const phases = new Phases((phase, ms) => logger.debug(`${name}: phase`, { run, phase, ms }));
      const answer = method(...(reports(name) ? phases.hearing(given) : given));
      if (!(answer instanceof Promise)) return answer;
      return answer.then((reply: Answered) => {
        phases.end();
        const ms = performance.now() - begun;
        if (!reply.ok) {
          logger[failureLevel(reply.error)](`${name}: failed`, {
            ...{ run, ms },
            ...failureFacts(reply.error),
          });
          return reply;
        }
        const found = facts[name]?.(reply.value as never);
        const level = found === undefined ? 'debug' : 'warning' in found ? 'warning' : 'info';
        logger[level](`${name}: done`, { run, ms, ...found });
        return reply;
      });
    };
  return Object.fromEntries(
    Object.entries(service).map(([name, method]) => [
      name,
      typeof method === 'function' ? told(name, method as Method) : (method as unknown),
    ]),
  ) as Service;
}

/** The phases of one call, as its progress tells them. */
class Phases {
  #phase: string | null = null;
  #since = 0;

  constructor(private readonly ended: (phase: string, ms: number) => void) {}

  /** The same arguments, the progress at their end heard on its way. */
  hearing(given: readonly unknown[]): readonly unknown[] {
    const onProgress = given.at(-1) as OnProgress;
    const heard: OnProgress = (at) => {
      if (at.phase !== this.#phase) {
        this.end();
        this.#phase = at.phase;
        this.#since = performance.now();
      }
      onProgress(at);
    };
    return [...given.slice(0, -1), heard];
  }

  end(): void {
    if (this.#phase !== null) this.ended(this.#phase, performance.now() - this.#since);
    this.#phase = null;
  }
}
