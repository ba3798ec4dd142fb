import type { LiveState } from '../../domain/live/account.ts';
import { completeStudy } from '../../domain/study/study.ts';
import { count, dash, money, percent } from '../format.ts';
import { instantWord } from '../times.ts';

/** A live account as its journal has it; the equity is the newest that was noted, once a day. */
export function tradedFigures(
  { account, intents, fills, events }: LiveState,
  zone: string,
): readonly { readonly label: string; readonly words: string }[] {
  const noted = events.findLast(({ kind }) => kind === 'equity');
  const equity = noted?.facts['equity'];
  return [
    { label: 'Study', words: completeStudy(JSON.parse(account.study)).name },
    {
      label: 'Broker',
      words: `${account.broker}${account.isReal ? ', real money' : ', on paper'}`,
    },
    { label: 'Since', words: instantWord(account.startedAt, zone) },
    { label: 'Equity', words: money(equity) },
    {
      label: 'Since the start',
      words: equity === undefined ? dash : percent(equity / account.equity - 1),
    },
    { label: 'Equity noted', words: noted === undefined ? dash : instantWord(noted.at, zone) },
    { label: 'Orders', words: count(intents.length) },
    { label: 'Fills', words: count(fills.length) },
  ];
}
