import { LabError } from '../../domain/errors.ts';
import { BrokerFailure } from '../../domain/live/broker.ts';

export type Effect = BrokerFailure['effect'];

/** An answer that lacks what it must have. */
export class Unreadable extends Error {}

const ask = 'Nothing else is to be sent before the broker has been asked what became of the order.';
const later = 'Try again later; the broker’s page of its state says whether it has a fault.';
const remedyOf = (effect: Effect): string => (effect === 'unknown' ? ask : later);

/** What went wrong between us and a broker, in words that hold no key: neither addresses nor what a library says. */
export const wordsOf = (title: string) => ({
  unreachable: (code: string) =>
    new BrokerFailure(
      'not-sent',
      `${title} could not be reached (${code}). Nothing was sent.`,
      'Check the network, and the broker’s page of its state.',
      true,
    ),

  silent: (effect: Effect, seconds: number) =>
    new BrokerFailure(
      effect,
      `${title} did not answer within ${seconds} seconds.`,
      remedyOf(effect),
      true,
    ),

  cut: (effect: Effect, code: string) =>
    new BrokerFailure(
      effect,
      `The connection to ${title} broke off before it had answered (${code}).`,
      remedyOf(effect),
      true,
    ),

  tooOften: (after: number | null) =>
    new BrokerFailure(
      'not-sent',
      `${title} was called too often, and refused the call.`,
      after === null ? 'Try again in a minute.' : `Try again in ${after} seconds.`,
      true,
      after,
    ),

  locked: () =>
    new BrokerFailure(
      'not-sent',
      `${title} refused the key.`,
      'Check that both parts of the key are whole, not revoked, and of the account that is meant: those for paper and for real money differ.',
      false,
    ),

  faulty: (effect: Effect, status: number, after: number | null) =>
    new BrokerFailure(
      effect,
      `${title} has a fault of its own: it answered with status ${status}.`,
      remedyOf(effect),
      true,
      after,
    ),

  elsewhere: (effect: Effect) =>
    new BrokerFailure(
      effect,
      `${title} sends callers to another place. It was not followed.`,
      'Check the network: a log-in page of a hotel or a company may stand in between.',
      false,
    ),

  unreadable: (effect: Effect, what: string) =>
    new BrokerFailure(
      effect,
      `${title} answered what cannot be read: ${what}.`,
      remedyOf(effect),
      true,
    ),

  refusedBy: (said: string) =>
    new BrokerFailure(
      'not-sent',
      `${title} refused the call: ${said}`,
      'Check what the broker says, and what the key may do.',
      false,
    ),

  failed: (effect: Effect, said: string, passes: boolean) =>
    new BrokerFailure(
      effect,
      `${title} did not do what was asked: ${said}`,
      remedyOf(effect),
      passes || effect === 'unknown',
    ),

  late: (said: string) =>
    new BrokerFailure(
      'not-sent',
      `${title} refused the time of the call: ${said}`,
      'Set this machine’s clock.',
      false,
    ),

  unfit: (problem: string, remedy: string) => new BrokerFailure('not-sent', problem, remedy, false),

  untold: () =>
    new BrokerFailure(
      'unknown',
      `${title} has an order of this id already, and did not tell what became of it.`,
      ask,
      true,
    ),
});

export type Words = ReturnType<typeof wordsOf>;

/** Whether a text can be sent as a key; Node would else refuse it in words that hold it. */
export const isKey = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

/** Keys that are not there, or hold what none holds: a space, the end of a line. */
export const keysMissing = (title: string, variables: readonly string[]): LabError =>
  new LabError({
    kind: 'usage',
    problem: `${title} wants keys, and not all are there and whole.`,
    remedy: `Set ${variables.join(' and ')} in the environment, or in a file that only you may read.`,
  });
