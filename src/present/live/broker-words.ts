import type { AccountView } from '../../domain/live/alpaca-view.ts';
import type { BrokerClock } from '../../domain/live/broker.ts';
import { money } from '../format.ts';
import { instantWord } from '../times.ts';

/** An account as its broker tells it. */
export const alpacaFigures = ({
  account: { number, currency, equity, cash, buyingPower },
}: AccountView): readonly { readonly label: string; readonly words: string }[] => [
  { label: 'Number', words: number },
  { label: `Equity, ${currency}`, words: money(equity) },
  { label: `Cash, ${currency}`, words: money(cash) },
  { label: `Buying power, ${currency}`, words: money(buyingPower) },
];

/** “The broker’s market is closed until 2026-11-30 14:30 (UTC).” */
export function clockWords({ isOpen, nextOpen, nextClose }: BrokerClock, zone: string): string {
  const change = isOpen === true ? nextClose : nextOpen;
  const until = change === null ? '' : ` until ${instantWord(change, zone)} (${zone})`;
  return `The broker’s market is ${isOpen === true ? 'open' : 'closed'}${until}`;
}
