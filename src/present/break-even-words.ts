import type { BreakEven } from '../domain/break-even.ts';
import { amount, counted } from './format.ts';

const tenths = (value: number) => amount(Math.round(value * 10) / 10);

/** Where the edge dies by costs, and what the run itself paid. */
export function costsSaid({ bps, totalReturn, diesAt, reason, paid }: BreakEven['costs']): string {
  const own = paid === null ? '' : `this run paid ${tenths(paid)}`;
  const said =
    diesAt === null
      ? `${reason ?? ''}${own && ` ${own.replace('t', 'T')} bps a fill.`}`
      : `The edge dies at ${tenths(diesAt)} bps a fill${own && `; ${own}`}.`;
  return `${said}${againSaid(bps, totalReturn)}`;
}

/** Where the edge dies by delay. */
export function delaySaid({ bars, totalReturn, diesAt, reason }: BreakEven['delay']): string {
  const said =
    diesAt === null ? (reason ?? '') : `The edge dies at ${counted(diesAt, 'bar')} of delay.`;
  return `${said}${againSaid(bars, totalReturn)}`;
}

/** A curve that rises above zero again after it fell below must not seem to contradict its words. */
function againSaid(x: readonly number[], totalReturn: readonly (number | null)[]): string {
  const dead = totalReturn.findIndex((value) => value === null || value <= 0);
  const again = totalReturn.findIndex((value, i) => i > dead && value !== null && value > 0);
  if (dead < 0 || again < 0) return '';
  return ` That is the first time; at ${tenths(x[again]!)} it makes a profit again, which says how little it takes.`;
}
