import type { Alert } from '../run.ts';
import type { RiskSettings } from '../study/schema.ts';

/** Watches closing equity: drawdown alerts and the kill-switch. */
export class Watch {
  readonly alerts: Alert[] = [];
  readonly #levels: readonly number[];
  readonly #killSwitch: number | null;
  #peak: number;
  #previous: number;
  /** How many levels, the smallest first, were reported in this drawdown. */
  #reported = 0;

  constructor(risk: RiskSettings) {
    this.#levels = [...new Set(risk.drawdownAlerts)].sort((a, b) => a - b);
    this.#killSwitch = risk.killSwitch;
    this.#peak = risk.initialCash;
    this.#previous = risk.initialCash;
  }

  /** Takes a session's closing equity; true where it trips the kill-switch. */
  close(equity: number, day: number): boolean {
    this.#drawdown(equity, day);
    const previous = this.#previous;
    this.#previous = equity;
    if (this.#killSwitch === null || equity > this.#killSwitch * previous) return false;
    this.alerts.push({ kind: 'kill-switch', value: equity / previous, day });
    return true;
  }

  /** Each level once per drawdown, which ends when equity is back at its peak. */
  #drawdown(equity: number, day: number): void {
    if (equity >= this.#peak) {
      this.#peak = equity;
      this.#reported = 0;
      return;
    }
    for (; this.#reported < this.#levels.length; this.#reported++) {
      const level = this.#levels[this.#reported]!;
      if (equity > this.#peak * (1 - level)) return;
      this.alerts.push({ kind: 'drawdown', value: level, day });
    }
  }
}
