import { type Intent, type KnownIntent, mayFill } from './intent.ts';

/** What has to be done so that the broker has the orders that are wanted, and no others of ours. */
export interface Plan {
  /** Orders that are no longer wanted; they end before anything is sent. */
  readonly cancel: readonly KnownIntent[];
  /** Orders that the broker has never had, those that were held back among them: a guard may let them go by now. */
  readonly send: readonly Intent[];
}

/**
 * Compares what is wanted with what is known to have been sent. An order that was sent once is never sent again, whatever became of
 * it; one that surely never arrived, or was never let go, is.
 */
export function planFor(wanted: readonly Intent[], known: readonly KnownIntent[]): Plan {
  const byId = new Map(known.map((intent) => [intent.order.clientId, intent]));
  const wantedIds = new Set(wanted.map(({ order }) => order.clientId));
  return {
    cancel: known.filter(
      (intent) =>
        !wantedIds.has(intent.order.clientId) &&
        (intent.state === 'accepted' || intent.state === 'partly-filled'),
    ),
    send: wanted.filter(({ order }) => {
      const state = byId.get(order.clientId)?.state;
      return state === undefined || state === 'unsent' || state === 'held';
    }),
  };
}

/** Orders whose outcome nobody knows: the broker is asked about them before anything else is done. */
export const unknownOnes = (known: readonly KnownIntent[]): readonly KnownIntent[] =>
  known.filter(({ state }) => state === 'sending');

/** Orders that may still change a position. */
export const openOnes = (known: readonly KnownIntent[]): readonly KnownIntent[] =>
  known.filter(mayFill);
