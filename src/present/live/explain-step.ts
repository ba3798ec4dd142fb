import { phases, type LiveReplay, type Outcome } from '../../domain/live/replay.ts';
import { type ReplayIndex, placesAt } from '../../domain/live/replay-index.ts';
import { type ExitReason, exitReasons } from '../../domain/run.ts';
import type { Step } from '../../domain/units.ts';
import { barWord, seenIn, seenWords } from '../explain-signal.ts';
import {
  type ExplainedRun,
  decidedWords,
  levelWords,
  reasonWords,
  resultWords,
} from '../explain-trade.ts';
import { count, counted, price, quantity } from '../format.ts';
import { alarmWords } from '../notices/words.ts';
import type { Phase } from '../../domain/execution/dealer.ts';
import { exitWords, shortList } from '../words.ts';

/** A replay, and the run that it is of. */
export interface ReplayedRun extends Omit<ExplainedRun, 'trades'> {
  readonly replay: LiveReplay;
  readonly index: ReplayIndex;
}

/** What came to pass in a step, or was decided at its close. */
export interface StepSentence {
  readonly kind: 'fill' | 'none' | 'alert' | 'order';
  readonly text: string;
}

/** More of a kind are counted. */
const most = 8;

/** Everything of a step in plain sentences: fills, orders that came to nothing, alerts, and what its close decided. */
export function stepSentences(run: ReplayedRun, step: Step): readonly StepSentence[] {
  const { index } = run;
  const said = [
    ...fillSentences(run, step),
    ...lapsedSentence(run, step).map((text) => ({ kind: 'none' as const, text })),
    ...index.alertsIn(step).map((alert) => ({ kind: 'alert' as const, text: alarmWords(alert) })),
    ...first(index.leaving(step), (place) => leavingSentence(run, place), 'order'),
    ...first(index.ordered(step), (place) => orderSentence(run, place), 'order'),
    ...slotSentence(run, step),
    ...silentSentence(run, step),
  ];
  return said.length > 0 ? said : [{ kind: 'none', text: 'No fill and no order.' }];
}

/** What was filled in a step, in the order in which it was booked. */
export const fillSentences = (run: ReplayedRun, step: Step): readonly StepSentence[] =>
  first([...run.index.fillsIn(step)], (fill) => fillSentence(run, fill), 'fill');

function first(
  all: readonly number[],
  words: (one: number) => string,
  kind: StepSentence['kind'],
): StepSentence[] {
  const shown = all.slice(0, most).map((one) => ({ kind, text: words(one) }));
  const more = all.length - shown.length;
  return more === 0 ? shown : [...shown, { kind, text: `And ${count(more)} more of the kind.` }];
}

/** 'at the open of 2024-03-05', 'inside the bar of 2024-03-05' */
function whereWords(phase: Phase, bar: string): string {
  if (phase !== 'inside') return `at the ${phase} of ${bar}`;
  return `inside ${bar.startsWith('the') ? bar : `the bar of ${bar}`}`;
}

/** 'Bought 12 ABC at the open of 2024-03-05 at 103.20: at the close of …, with the stop at 96.10 …' */
function fillSentence(run: ReplayedRun, i: number): string {
  const { replay, study, symbols, clock } = run;
  const { fills, trades, equity, phase } = replay;
  const explained: ExplainedRun = { study, symbols, trades, ...(clock && { clock }) };
  const trade = fills.trade[i]!;
  const step = fills.step[i]!;
  const { quantity: amounts, price: prices, held } = fills.asTraded ?? fills;
  const [amount, rest] = [amounts[i]!, Math.abs(held[i]!)];
  const isLong = trades.side[trade]! > 0;
  const isEntry = fills.side[i] === trades.side[trade];
  const bought = fills.side[i]! > 0;
  const bar = barWord(clock, equity.day[step], equity.opens?.[step]);
  const what = `${quantity(amount)} ${symbols[trades.symbol[trade]!] ?? ''}`;
  const where = `${whereWords(phases[phase[i]!]!, bar)} at ${price(prices[i])}`;
  const verb = isEntry || isLong ? (bought ? 'Bought' : 'Sold') : 'Bought back';
  if (isEntry) {
    const short = isLong ? '' : ' short';
    if (trades.entryStep[trade] !== step)
      return `${verb} ${what} more${short} ${where}${towards(run, i)}; ${quantity(rest)} are held now.`;
    const decided = decidedWords(explained, trade, seenIn(replay.seen, trade));
    return `${verb} ${what}${short} ${where}, ${levelWords(trades, trade)}: ${decided}.`;
  }
  const reason = exitReasons[trades.reason[trade]!];
  if (rest > 0 || reason === undefined)
    return `${verb} ${what} ${where}${towards(run, i)}; ${quantity(rest)} are held still.`;
  return `${verb} ${what} ${where} by ${reasonWords(explained, reason, trade)}, ${resultWords(trades, trade)}.`;
}

/** Of a fill that an order on a target weight gave. */
function towards({ replay: { fills, trades, entries } }: ReplayedRun, i: number): string {
  const symbol = trades.symbol[fills.trade[i]!];
  const isTarget = placesAt(entries, fills.step[i]! - 1).some(
    (place) => entries.symbol[place] === symbol && entries.side[place] === 0,
  );
  return isTarget ? ', towards its target weight' : '';
}

const slotWords = (slots: number): string => `${count(slots)} of ${count(slots)} slots`;

/** Why orders come to nothing, after their number and 'of them'. */
const causes: readonly [Outcome, (run: ReplayedRun) => string][] = [
  [
    'noSlot',
    ({ study: { risk } }) =>
      risk.maximumPositions === 1
        ? 'the only slot was taken'
        : `${slotWords(risk.maximumPositions)} were taken`,
  ],
  ['noPower', () => 'there was no buying power, or an exposure limit was reached'],
  ['tooSmall', () => 'the position would have been too small, or less than one whole unit'],
  ['noVolume', () => 'the bar had no volume for it'],
  ['unmet', () => 'the price was not met, or a newer order took its place'],
  [
    'expired',
    ({ study }) => `there was no bar for ${counted(study.execution.expireAfter, 'session')}`,
  ],
  ['outsideHours', () => 'the bar was outside the study’s hours'],
  ['paused', () => 'trading is paused'],
];

/** 'No fill for ABC and DEF: 4 of 4 slots were taken.' */
function lapsedSentence(run: ReplayedRun, step: Step): string[] {
  const { replay, index, symbols } = run;
  const lapsed = index.lapsed(step);
  if (lapsed.length === 0) return [];
  const names = shortList(lapsed.map((place) => symbols[replay.entries.symbol[place]!] ?? ''));
  const met = causes.filter(([outcome]) => replay.outcomes[outcome][step]! > 0);
  if (met.length === 0) return [`No fill for ${names}.`];
  if (met.length === 1) return [`No fill for ${names}: ${met[0]![1](run)}.`];
  const each = met.map(
    ([outcome, words]) => `${count(replay.outcomes[outcome][step])} as ${words(run)}`,
  );
  return [`No fill for ${names}: ${each.join('; ')}.`];
}

function leavingSentence({ replay, symbols, study }: ReplayedRun, place: number): string {
  const { spell, spells } = replay.positions;
  const at = spell[place]!;
  const verb = spells.side[at]! > 0 ? 'sell' : 'buy back';
  const reason = exitReasons[spells.ordered[at]!]!;
  const when = alarms.has(reason) ? 'at its next open' : nextWord(study);
  return `Ordered to ${verb} ${symbols[spells.symbol[at]!] ?? ''} ${when}: ${exitWords[reason].toLowerCase()}.`;
}

/** They leave at the next open whatever fill the study prefers. */
const alarms: ReadonlySet<ExitReason> = new Set(['kill-switch', 'drawdown-stop', 'margin-call']);

const nextWord = ({ execution }: ReplayedRun['study']): string =>
  execution.fill === 'next-close' ? 'at its next close' : 'at its next open';

/** 'Ordered to buy ABC at its next open: Panic Score was 3.40, above the threshold of 3.' */
function orderSentence(run: ReplayedRun, place: number): string {
  const { replay } = run;
  const { value } = replay.waiting;
  const why = seenWords({ ...replay.seen, parts: [], value: value[place]! });
  return `Ordered to ${orderWords(run, place)}${why === null ? '' : `: ${why}`}.`;
}

/** What an entry that waits is to do: 'buy ABC at 98.50 or better'. */
export function orderWords({ replay, symbols, study }: ReplayedRun, place: number): string {
  const { symbol, side, limit, stop } = replay.entries;
  const name = symbols[symbol[place]!] ?? '';
  if (side[place] === 0) return `bring ${name} to its target weight ${nextWord(study)}`;
  const what = side[place]! > 0 ? `buy ${name}` : `sell ${name} short`;
  const levels = [
    ...(Number.isNaN(stop[place]!) ? [] : [`once it trades at ${price(stop[place])}`]),
    ...(Number.isNaN(limit[place]!) ? [] : [`at ${price(limit[place])} or better`]),
  ];
  return `${what} ${levels.length === 0 ? nextWord(study) : levels.join(', ')}`;
}

/** Where orders wait and every slot is taken: that they need one. */
function slotSentence({ replay, study }: ReplayedRun, step: Step): StepSentence[] {
  const slots = study.risk.maximumPositions;
  const { entries, positions } = replay;
  const waits = placesAt(entries, step).some((place) => entries.side[place] !== 0);
  if (!waits || placesAt(positions, step).length < slots) return [];
  const taken = slots === 1 ? 'The only slot is taken' : `${slotWords(slots)} are taken`;
  const text = `${taken}: an order fills only where one is free by then.`;
  return [{ kind: 'none', text }];
}

const silences: readonly [Outcome, string][] = [
  ['held', 'its symbol is held'],
  ['cooldown', 'its symbol rests after a trade that ended'],
  ['noAtr', 'its ATR or volatility is not known yet'],
];

/** Signals of a close that gave no order. */
const silentSentence = ({ replay }: ReplayedRun, step: Step): StepSentence[] =>
  silences.flatMap(([outcome, why]) => {
    const times = replay.outcomes[outcome][step]!;
    return times === 0
      ? []
      : [{ kind: 'none' as const, text: `No order of ${counted(times, 'signal')}: ${why}.` }];
  });
