import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { LabError, describe } from '../domain/errors.ts';
import { expositionOf } from '../present/exposition.ts';
import { type Gauge, serverGauges } from '../domain/monitoring/gauges.ts';
import { serveMetrics } from './metrics-server.ts';
import { told } from './remedies.ts';
import { clearProgress, say } from './terminal.ts';

export interface Serving {
  readonly port: number;
  readonly host: string;
  /** Seconds from the end of a run to the next; null for one run alone. */
  readonly every: number | null;
  /** Reads the data anew and runs. */
  readonly run: () => Promise<readonly Gauge[]>;
  /** Ends a run under way. */
  readonly cancel: () => void;
}

/**
 * Serves the newest gauges until the process is told to end. Where a later run fails, the values of the one before
 * stay, and `outsample_last_run_success` is 0.
 */
export async function keepServing({ port, host, every, run, cancel }: Serving): Promise<void> {
  const server = await serveMetrics(port, host);
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
    cancel();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    let good = { gauges: await run(), endedAt: Date.now() };
    const show = async (succeeded: boolean): Promise<void> => {
      const gauges = [...good.gauges, ...serverGauges(good.endedAt, succeeded)];
      server.show(await expositionOf(gauges));
    };
    await show(true);
    say(`Serving ${server.url} until it is stopped (Ctrl+C).`);
    while (await waited(every, stopping.signal)) {
      try {
        good = { gauges: await run(), endedAt: Date.now() };
        await show(true);
      } catch (error) {
        if (stopping.signal.aborted) break;
        clearProgress();
        say(`The run failed, the values before it stay: ${messageOf(error)}`);
        await show(false);
      }
    }
  } finally {
    for (const signal of signals) process.off(signal, stop);
    await server.close();
  }
}

const signals = ['SIGINT', 'SIGTERM'] as const;

const messageOf = (error: unknown): string =>
  error instanceof LabError
    ? describe(told(error.data))
    : error instanceof Error
      ? error.message
      : String(error);

/** Whether it is time for another run; false once it is to stop. */
async function waited(seconds: number | null, signal: AbortSignal): Promise<boolean> {
  try {
    if (signal.aborted) return false;
    if (seconds === null) await once(signal, 'abort');
    else await pause(seconds * 1000, undefined, { signal });
  } catch {
    return false; // Stopped while it waited.
  }
  return !signal.aborted;
}
