import type Ccxt from 'ccxt';
import type { Reader } from './calls.ts';

/** ccxt’s errors stand in a tree of classes: https://docs.ccxt.com/#/?id=error-handling */
type Tree = Pick<
  typeof Ccxt,
  'AuthenticationError' | 'ExchangeError' | 'InvalidNonce' | 'OperationFailed' | 'RateLimitExceeded'
>;

/**
 * Whether an exchange refused an order for what it is. An ExchangeError of no finer class is an answer that ccxt does not
 * know: it may mean anything.
 */
export const isRefusal = (tree: Tree, error: unknown): error is Error =>
  error instanceof tree.ExchangeError &&
  !(error instanceof tree.AuthenticationError) &&
  error.constructor !== tree.ExchangeError;

/** ccxt’s errors in words. What was under way and is not surely refused may have had its effect. */
export const errorsOf =
  (tree: Tree): Reader =>
  (error, effect, { words, said }) => {
    if (!(error instanceof tree.ExchangeError || error instanceof tree.OperationFailed))
      return null;
    const told = said(withoutAddresses(error.message));
    if (error instanceof tree.RateLimitExceeded) return words.tooOften(null);
    if (error instanceof tree.InvalidNonce) return words.late(told);
    if (error instanceof tree.AuthenticationError) return words.locked();
    const isPassing = error instanceof tree.OperationFailed;
    return isRefusal(tree, error) ? words.refusedBy(told) : words.failed(effect, told, isPassing);
  };

/** Addresses hold signatures. */
export const withoutAddresses = (text: string): string => text.replace(/https?:\/\/\S+/g, '…');
