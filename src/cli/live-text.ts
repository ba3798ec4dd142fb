import type { LiveEvent } from '../domain/live/account.ts';
import type { LiveKnown, Parity } from '../domain/live/known.ts';
import { knownAt } from '../domain/live/times.ts';
import { answerWords, intentWords } from '../present/live/intent-words.ts';
import { counted, money } from '../present/format.ts';
import type { CycleReport } from '../../workers/services/live/cycle.ts';

/** One look at data and broker. */
export interface Shown {
  readonly report: CycleReport;
  readonly newest: LiveKnown;
  readonly now: number;
  readonly equity: number;
  readonly cash: number;
}

/** What one look at data and broker found and did, in lines. */
export function lookText({ report, newest, now, equity, cash }: Shown, isFirst: boolean): string[] {
  const { decision, sent, held, halted, state } = report;
  const { positions } = decision.standing;
  const at = knownAt(newest.known.steps, newest.known.steps.day.length - 1);
  const lines = [
    `${time(now)}  bars up to ${time(at)}  equity ${money(equity)}  cash ${money(cash)}  ${counted(positions.length, 'position')}`,
  ];
  if (isFirst && state.account.unproven !== null)
    lines.push(`  Not proven by a backtest: ${state.account.unproven}`);
  if (halted !== null) lines.push(`  Halted: ${halted} --resume goes on.`);
  lines.push(...sent.map((intent) => `  Sent: ${intentWords(intent)}: ${answerWords(intent)}`));
  lines.push(...held.map((intent) => `  Held back: ${intentWords(intent)}: ${intent.why ?? ''}`));
  return lines;
}

/** The same as facts. */
export const lookJson = ({ report, newest, now, equity, cash }: Shown): object => ({
  at: time(now),
  known: time(knownAt(newest.known.steps, newest.known.steps.day.length - 1)),
  equity,
  cash,
  positions: report.decision.standing.positions.map((one) => ({
    ...one,
    symbol: newest.known.market.symbols[one.symbol],
  })),
  sent: report.sent,
  held: report.held,
  halted: report.halted,
});

/** What happened, where the kind of event is not said beside it. */
export const eventWords = ({ kind, text }: LiveEvent): string =>
  kind === 'drift' ? `Drift on ${text}` : text;

export function parityText({ steps, orders, fills, differing, first, digests }: Parity): string[] {
  const isSame = digests.paper === digests.backtest;
  return [
    `${counted(steps, 'step')} through the live path: ${counted(orders, 'order')}, ${counted(fills, 'fill')}.`,
    differing === 0
      ? 'What stood after each close is what the backtest has there, to the bit.'
      : `What stood differs from the backtest after ${counted(differing, 'close')}. ${first ?? ''}`,
    isSame
      ? 'Fills, trades and curve are the backtest’s to the bit.'
      : 'Fills, trades or curve are others than the backtest’s.',
  ];
}

/** 2026-11-30T14:30:00Z. */
const time = (instant: number): string => `${new Date(instant * 1000).toISOString().slice(0, 19)}Z`;
