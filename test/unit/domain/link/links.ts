import { deflateRawSync } from 'node:zlib';
import { base64urlnopad } from '@scure/base';
import { namedTables } from '../../../../src/domain/link/evidence.ts';
import type { LinkPayload } from '../../../../src/domain/link/payload.ts';
import { packed } from '../../../../src/domain/link/short-hashes.ts';

const digest = (letter: string): string => letter.repeat(64);
const hashes = (count: number, seed = 7): string =>
  packed(Uint8Array.from({ length: count * 4 }, (_, i) => (i * seed + seed) % 256));

/** A small payload in which everything is there. */
export const payload = (): LinkPayload => ({
  engine: { outsample: '0.2.0', duckdb: 'v1.4.3', wasm: digest('a') },
  study: {
    strategy: { id: 'harvester', parameters: { entryThreshold: 2.5 } },
    name: 'Päníc — 恐慌',
  },
  data: {
    fingerprint: digest('b'),
    sample: 'us-indices-2014-2018',
    files: [
      {
        name: 'bars.csv',
        role: 'bars',
        dateOrder: 'day-first',
        sha256: digest('c'),
        rows: 2516,
        from: 16072,
        to: 17896,
        mapping: [
          ['Date', 'date'],
          ['Adj Close', 'adjusted'],
        ],
      },
    ],
    bars: {
      symbols: ['NASDAQ', 'SP500'],
      firstYear: 2014,
      years: 5,
      detail: 'symbol-years',
      prices: hashes(10),
      returns: hashes(10, 11),
    },
    tables: hashes(namedTables[0]),
  },
  results: {
    study: digest('d'),
    trades: digest('e'),
    equity: digest('f'),
    metrics: digest('0'),
    tradeCheckpoints: { rows: 102, every: 4, blocks: hashes(26), columns: hashes(23) },
    equityCheckpoints: { rows: 1258, every: 40, blocks: hashes(32), columns: hashes(6) },
  },
  ledger: { trials: 12, variance: 0.0025 },
  view: { tab: 'overview' },
  notes: [{ at: '/trades/3', text: 'Why did this one not stop out?' }],
});

/** Hashes of so many symbols, S0 and on, and of so many years: not one of each symbol’s years. */
export const margins = (symbols: number, years: number): LinkPayload['data']['bars'] => ({
  symbols: Array.from({ length: symbols }, (_, i) => `S${i}`),
  firstYear: -2000,
  years,
  detail: 'margins',
  prices: hashes(symbols + years),
  returns: hashes(symbols + years, 11),
});

/** A link of any JSON text, honest or not. */
export const linkOfJson = (json: string): string => linkOfBytes(deflated(json));
export const linkOfBytes = (bytes: Uint8Array): string => `s1.${base64urlnopad.encode(bytes)}`;
/** By zlib itself, which is not what makes links. */
export const deflated = (content: string | Uint8Array): Uint8Array =>
  Uint8Array.from(deflateRawSync(content, { level: 9 }));
