import type { Guards } from '../../domain/live/guards.ts';
import { counted, money, percent, tenths } from '../format.ts';

const seconds = (value: number): string => `${tenths(value).replace(/\.0$/, '')} s`;

/** The guards in the order in which they are told, each with its unit. */
const told: {
  readonly [G in keyof Guards]: readonly [label: string, words: (value: number) => string];
} = {
  orderValue: ['An order at most', money],
  dailyTurnover: ['Entries of a day at most', money],
  positionValue: ['A position at most', money],
  grossExposure: ['All positions at most', (value) => `${percent(value)} of equity`],
  ordersPerMinute: ['Within a minute at most', (value) => counted(value, 'order')],
  priceBand: ['Entries within', (value) => `${percent(value)} of the last close`],
  dataAge: ['A bar late by at most', seconds],
  clockSkew: ['Clocks apart by at most', seconds],
  dailyLoss: ['A day’s loss halts at', (value) => percent(value)],
};

/** The guards that are set, as facts that an event keeps. */
export const guardFacts = (guards: Guards): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(guards).filter(([, value]) => Number.isFinite(value)));

/** The same in words; a guard that this version does not know is left out. */
export const guardWords = (
  facts: Readonly<Record<string, number>>,
): readonly { readonly label: string; readonly words: string }[] =>
  Object.entries(told).flatMap(([name, [label, words]]) => {
    const value = facts[name];
    return value === undefined ? [] : [{ label, words: words(value) }];
  });
