import type { Alert } from '../run.ts';
import type { RiskSettings } from '../study/schema.ts';
import type { Day } from '../units.ts';

/** What closing equity calls for: everything out at the next open, and no entries for so many opens. */
export interface Alarm {
  readonly reason: 'kill-switch' | 'drawdown-stop' | 'margin-call';
  /** Infinity for the rest of the run. */
  readonly pause: number;
}

/** Two alarms of one close: the first names the reason, and the longer pause counts. */
const graver = (first: Alarm | null, second: Alarm): Alarm =>
  first === null ? second : { ...first, pause: Math.max(first.pause, second.pause) };

/** What is watched when bars have closed. */
export interface Watched {
  readonly account: number;
  readonly gross: number;
  readonly day: Day;
  /** The session's number. */
  readonly session: number;
  /** Whether the session is over: only then are levels and the kill-switch looked at. */
  readonly isOver: boolean;
  /** Units of the account. */
  readonly units: number;
  /** Of positions on margin what is owed; of those that are paid in full their value. */
  readonly margin: { readonly paid: number; readonly bound: number };
}

/** Writes down when closing equity has fallen by one of the levels: each once per drawdown, which ends when equity is back at its peak. */
export class Drawdowns {
  readonly #alerts: Alert[];
  readonly #levels: readonly number[];
  #peak: number;
  /** How many levels, the smallest first, were reported in this drawdown. */
  #reported = 0;

  constructor({ drawdownAlerts, initialCash }: RiskSettings, alerts: Alert[]) {
    this.#alerts = alerts;
    this.#levels = [...new Set(drawdownAlerts)].sort((a, b) => a - b);
    this.#peak = initialCash;
  }

  close(equity: number, day: Day): void {
    if (equity >= this.#peak) {
      this.#peak = equity;
      this.#reported = 0;
      return;
    }
    for (; this.#reported < this.#levels.length; this.#reported++) {
      const level = this.#levels[this.#reported]!;
      if (equity > this.#peak * (1 - level)) return;
      this.#alerts.push({ kind: 'drawdown', value: level, day });
    }
  }
}

/** Watches closing equity: drawdown alerts, kill-switch, drawdown stop, margin call. */
export class Watch {
  readonly alerts: Alert[] = [];
  readonly #risk: RiskSettings;
  readonly #drawdowns: Drawdowns;
  #previous: number;
  /** The drawdown stop's own peak; it starts afresh when trading goes on after its pause. */
  #stopPeak: number;
  #stoppedThrough = -1;

  constructor(risk: RiskSettings) {
    this.#risk = risk;
    this.#drawdowns = new Drawdowns(risk, this.alerts);
    this.#previous = this.#stopPeak = risk.initialCash;
  }

  /** Takes equity and exposure at a close; the alarm that they raise. */
  close({ account, gross, day, session, isOver, units, margin }: Watched): Alarm | null {
    const equity = account / units;
    const { paid, bound } = margin;
    const { maintenanceMargin, killSwitch, killSwitchPause } = this.#risk;
    const previous = this.#previous;
    let alarm: Alarm | null = null;
    if (isOver) {
      this.#drawdowns.close(equity, day);
      this.#previous = equity;
      alarm = this.#drawdownStop(equity, day, session);
    }
    if (maintenanceMargin !== null && gross > 0 && account < maintenanceMargin * paid + bound) {
      this.alerts.push({ kind: 'margin-call', value: account / gross, day });
      alarm = graver(alarm, { reason: 'margin-call', pause: 1 });
    }
    // Of an equity that was nothing or less there is no share.
    if (isOver && killSwitch !== null && previous > 0 && equity <= killSwitch * previous) {
      this.alerts.push({ kind: 'kill-switch', value: equity / previous, day });
      alarm = graver(alarm, { reason: 'kill-switch', pause: killSwitchPause });
    }
    return alarm;
  }

  #drawdownStop(equity: number, day: Day, session: number): Alarm | null {
    const { drawdownStop, drawdownPause } = this.#risk;
    if (drawdownStop === null || session < this.#stoppedThrough) return null;
    if (session === this.#stoppedThrough || equity > this.#stopPeak) this.#stopPeak = equity;
    if (!(this.#stopPeak > 0) || equity > this.#stopPeak * (1 - drawdownStop)) return null;
    const pause = drawdownPause ?? Infinity;
    this.#stoppedThrough = session + pause;
    this.alerts.push({ kind: 'drawdown-stop', value: equity / this.#stopPeak - 1, day });
    return { reason: 'drawdown-stop', pause };
  }
}
