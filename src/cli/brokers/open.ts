import { LabError } from '../../domain/errors.ts';
import type { Broker } from '../../domain/live/broker.ts';
import { alpacaKeys, openAlpaca } from './alpaca.ts';
import { ccxtKeys, openExchange } from './ccxt.ts';

/** How a broker is asked for. */
export interface BrokerWish {
  /** `alpaca`, or `ccxt:` and an exchange. */
  readonly id: string;
  readonly isReal: boolean;
  /** What the account of an exchange is counted in: USDT. */
  readonly currency: string;
  /** A key by its name, '' where there is none. */
  readonly secret: (name: string) => string;
}

/** The broker of this name; its library is loaded here, not before. A LabError of kind 'usage' says what is missing. */
export function openBroker(wish: BrokerWish): Promise<Broker> {
  const { id, isReal, currency, secret } = wish;
  if (id === 'alpaca') {
    const [keyId, secretKey] = alpacaKeys;
    return openAlpaca({ keys: { id: secret(keyId), secret: secret(secretKey) }, isReal });
  }
  const exchange = /^ccxt:([a-z0-9]+)$/.exec(id)?.[1];
  if (exchange === undefined)
    throw new LabError({
      kind: 'usage',
      problem: `There is no broker “${id}”.`,
      remedy: 'Choose paper, alpaca, or ccxt: with an exchange, such as ccxt:binance.',
    });
  const [key, secretKey] = ccxtKeys;
  const keys = {
    key: secret(key),
    secret: secret(secretKey),
    passphrase: secret('CCXT_PASSPHRASE'),
  };
  return openExchange({ exchange, keys, isReal, currency });
}
