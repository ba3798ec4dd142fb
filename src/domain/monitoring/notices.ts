import type { Alert, Equity } from '../run.ts';
import type { BarClock } from '../time/bar-clock.ts';
import type { Finding } from '../validation/finding.ts';

/** Something that a person wants to be told of, wherever they are. */
export type Notice =
  | { readonly kind: 'alarm'; readonly alarm: Alert; readonly clock?: BarClock }
  | { readonly kind: 'finding'; readonly finding: Finding }
  /** Work of so many milliseconds has ended. */
  | { readonly kind: 'done'; readonly took: number }
  /** Work could not be done, in a sentence that holds no secret. */
  | { readonly kind: 'failed'; readonly why: string }
  /** Live trading halted, was refused, or differs from the broker, in a sentence. */
  | { readonly kind: 'live'; readonly text: string; readonly urgent: boolean }
  /** A person tries whether notices arrive. */
  | { readonly kind: 'test' };

/** What was told of a study so far, so that it is not told again. */
export interface Told {
  /** The last session that was looked at, days since 1970-01-01. */
  readonly through: number;
  /** Findings that have been told as red and were not green since. */
  readonly red: readonly string[];
  /** The last attempt failed, and that was told. */
  readonly failed: boolean;
}

export interface WatchedRun {
  readonly alerts: readonly Alert[];
  readonly equity: Pick<Equity, 'day' | 'equity'>;
  /** How the bars of the run are timed, where it has a clock. */
  readonly clock?: BarClock;
  readonly initialCash: number;
  /** None where it was not examined. */
  readonly findings: readonly Finding[];
  /** Milliseconds that it took. */
  readonly took: number;
}

/** Shorter work is not waited for. Milliseconds. */
export const longWork = 60_000;

/**
 * What of a run is to be told, after what was told of its study before (null: nothing). At first what holds at the end
 * of the data: of the drawdown that is not over the deepest level, and alarms of the last session. Later what has come
 * with sessions since. Hysteresis: a level is raised anew only after equity was back at its peak (execution/watch.ts),
 * a red finding only after it was green.
 */
export function noticesOf(
  run: WatchedRun,
  before: Told | null,
): { readonly notices: readonly Notice[]; readonly told: Told } {
  const { day } = run.equity;
  const last = day[day.length - 1] ?? 0;
  const notices: Notice[] = alarmsOf(run, before?.through ?? null).map((alarm) => ({
    kind: 'alarm',
    alarm,
    ...(run.clock && { clock: run.clock }),
  }));
  const red = new Set(before?.red);
  for (const finding of run.findings) {
    const { id, level } = finding;
    if (level === 'red' && !red.has(id)) notices.push({ kind: 'finding', finding });
    if (level === 'red') red.add(id);
    if (level === 'green') red.delete(id);
  }
  if (run.took >= longWork) notices.push({ kind: 'done', took: run.took });
  return {
    notices,
    told: { through: Math.max(last, before?.through ?? last), red: [...red], failed: false },
  };
}

/** That a run failed, once until one succeeds. */
export function failureOf(
  why: string,
  before: Told | null,
): { readonly notices: readonly Notice[]; readonly told: Told } {
  const { through = 0, red = [], failed = false } = before ?? {};
  return {
    notices: failed ? [] : [{ kind: 'failed', why }],
    told: { through, red, failed: true },
  };
}

/** Of drawdowns the deepest level that holds at the end, one notice and not one a level. */
function alarmsOf({ alerts, equity, initialCash }: WatchedRun, through: number | null): Alert[] {
  const { day } = equity;
  const last = day[day.length - 1] ?? 0;
  const peak = peakDay(equity, initialCash);
  const fresh = alerts.filter((one) => {
    if (through !== null) return one.day > through;
    return one.kind === 'drawdown' ? one.day > peak : one.day === last;
  });
  const holding = fresh.filter(({ kind, day: raised }) => kind === 'drawdown' && raised > peak);
  const deepest = holding.at(-1);
  const others = fresh.filter(({ kind }) => kind !== 'drawdown');
  return deepest === undefined ? others : [...others, deepest];
}

/** The day of the highest close, the last of equal ones; before all days where that is the initial cash. */
function peakDay({ day, equity }: WatchedRun['equity'], initialCash: number): number {
  let [peak, at] = [initialCash, -Infinity];
  equity.forEach((value, session) => {
    if (value >= peak) [peak, at] = [value, day[session]!];
  });
  return at;
}
