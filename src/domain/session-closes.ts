import type { StepTimes } from './market.ts';
import type { Equity } from './run.ts';
import type { Days, Step, StepIndices } from './units.ts';

/**
 * The last step of each session, sessions rising; null where steps are sessions. Steps of exchanges whose sessions
 * overlap may stand in between: a session's last is the one before steps of later sessions alone.
 */
export function closingSteps({ day, known }: Pick<Equity, 'day' | 'known'>): StepIndices | null {
  if (known === undefined) return null;
  const steps: Step[] = [];
  for (let step = day.length - 1, next = Infinity; step >= 0; step--) {
    if (day[step]! >= next) continue;
    steps.push(step);
    next = day[step]!;
  }
  return Int32Array.from(steps.reverse());
}

/** A column at these steps; the column itself where there are none to choose. */
export const atSteps = <Column extends Float64Array | Int32Array>(
  column: Column,
  steps: StepIndices | null,
): Column => {
  if (steps === null) return column;
  const chosen = column.slice(0, steps.length);
  for (let i = 0; i < steps.length; i++) chosen[i] = column[steps[i]!]!;
  return chosen as Column;
};

/** The curve at the last step of each session, for figures of sessions, months and years; itself without a clock. */
export function sessionCloses(curve: Equity): Equity {
  const steps = closingSteps(curve);
  if (steps === null) return curve;
  const { payments } = curve;
  const at = <Column extends Float64Array | Int32Array>(column: Column): Column =>
    atSteps(column, steps);
  return {
    day: at<Days>(curve.day),
    ...(curve.opens && { opens: at(curve.opens) }),
    known: at(curve.known!),
    ...(curve.perYear !== undefined && { perYear: curve.perYear }),
    equity: at(curve.equity),
    cash: at(curve.cash),
    gross: at(curve.gross),
    net: at(curve.net),
    positions: at(curve.positions),
    ...(payments && {
      payments: { units: at(payments.units), paid: summed(payments.paid, steps) },
    }),
  };
}

/** What was paid since the step before. */
function summed(paid: Float64Array, steps: StepIndices): Float64Array {
  const sums = new Float64Array(steps.length);
  let from = 0;
  steps.forEach((step, i) => {
    for (; from <= step; from++) sums[i]! += paid[from]!;
  });
  return sums;
}

/** Numbers of the sessions of steps, from 0: those of the steps themselves where bars are dated by days. */
export function sessionNumbers({ day }: Pick<Equity, 'day'>): Int32Array {
  const numbers = new Int32Array(day.length);
  for (let step = 1; step < day.length; step++)
    numbers[step] = numbers[step - 1]! + (day[step] === day[step - 1] ? 0 : 1);
  return numbers;
}

/** The sessions of steps, each once. */
export const sessionDays = ({ day, clock }: Pick<StepTimes, 'day' | 'clock'>): Days =>
  clock === undefined ? day : daysOnce(day);

/** Rising days, each once. */
export const daysOnce = (day: Days): Days => day.filter((one, step) => one !== day[step - 1]);

/** The first and the last step of some sessions, first and last, by their numbers. */
export function stepsOfSessions(
  { day, clock }: StepTimes,
  [from, to]: readonly [number, number],
): readonly [Step, Step] {
  if (clock === undefined) return [from, to];
  const numbers = sessionNumbers({ day });
  return [numbers.indexOf(from), numbers.lastIndexOf(to)];
}
