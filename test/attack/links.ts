import { readFileSync } from 'node:fs';
import { LabError } from '../../src/domain/errors.ts';
import { decodeLink, encodeLink } from '../../src/domain/link/codec.ts';
import { createFilePayload, studyOf } from '../../src/domain/link/create.ts';
import { openOutsampleFile, packFile } from '../../src/domain/link/outsample-file.ts';
import type { LinkPayload } from '../../src/domain/link/payload.ts';
import { canonicalJson } from '../../src/domain/study/study.ts';
import { verificationText } from '../../src/present/verification-text.ts';
import { unwrap } from '../../src/wire/errors.ts';
import { payload } from '../unit/domain/link/links.ts';
import type { Attack } from './attack.ts';
import { damagedBytes } from './damage.ts';
import { labWithMarket, quiet, slipInValues } from './lab.ts';
import { survives } from './link-mutations.ts';
import { failed, outcomeOf, refused, right, slipIn } from './outcome.ts';

export const links: Attack = {
  name: 'links',
  what: 'links damaged in their text, their deflate, their JSON or their values',
  cases: 20_000,
  sample: 500,
  begin() {
    const link = encodeLink(payload());
    return Promise.resolve(({ stream }) => {
      try {
        return { tried: 'a damaged link', outcome: survives(link, stream.below) ? right : refused };
      } catch (error) {
        return { tried: 'a damaged link', outcome: failed(String(error)) };
      }
    });
  },
};

const zipped = (): Uint8Array =>
  new Uint8Array(readFileSync('test/regression/links/zip-0.2.0.outsample'));

export const files: Attack = {
  name: 'outsample-files',
  what: '`.outsample` files of today and of 0.2.0, with bits flipped, parts cut out, doubled, or put in',
  cases: 2000,
  sample: 100,
  begin() {
    const sound = [packFile(payload()), zipped()];
    return Promise.resolve(async ({ stream, place }) => {
      const bytes = damagedBytes(stream, sound[place % 2]!);
      const work = (): string | null => {
        const read = openOutsampleFile(bytes);
        return canonicalJson(decodeLink(encodeLink(read))) === canonicalJson(read)
          ? null
          : 'It means two things.';
      };
      return { tried: `a file of ${bytes.length} bytes`, outcome: await outcomeOf(work, 'link') };
    });
  },
};

type Bars = LinkPayload['data']['bars'];
/** Symbols and years of which each is allowed, and whose product is large. */
const spans: readonly (readonly [symbols: number, years: number])[] = [
  ...([
    [9400, 12_000],
    [9400, 1],
    [1, 12_000],
    [5000, 5000],
    [9900, 12_000],
    [0, 12_000],
    [9400, 0],
    [1, 1],
    [0, 0],
  ] as const),
];
const counts = [0, 1, 2, 3, 1000, 1_000_000, 999_999_999, 1_000_000_000];

export const strangersLinks: Attack = {
  name: 'strangers-links',
  what: 'links that can be read and say of their data and results what is not so, and much of it; then verified',
  cases: 300,
  sample: 12,
  async begin() {
    const lab = await labWithMarket();
    const run = unwrap(await lab.run({}, quiet));
    const evidence = unwrap(await lab.evidence());
    const ledger = { trials: 1, variance: null };
    const honest = createFilePayload({
      ...{ run, evidence, ledger, files: [], sample: null, synthetic: false },
      ...{ tab: 'overview', notes: [], withNames: false },
    });
    return async ({ stream, place }) => {
      const hashes = (count: number): string => {
        const bytes = count * 4;
        return 'A'.repeat(Math.ceil((bytes * 4) / 3));
      };
      const [symbols, years] = spans[place] ?? [stream.below(9900), stream.below(12_001)];
      const detail: Bars['detail'] =
        symbols * years < 5000 && stream.below(2) === 0 ? 'symbol-years' : 'margins';
      const cells = hashes(detail === 'margins' ? symbols + years : symbols * years);
      const bars: Bars = {
        symbols: Array.from({ length: symbols }, (_, i) => (i === 0 ? 'AAA' : i.toString(36))),
        firstYear: [-2000, 0, 1970, 2019, 10_000][stream.below(5)]!,
        ...{ years, detail, prices: cells, returns: cells },
      };
      const checkpoints = () => {
        const rows = counts[stream.below(counts.length)]!;
        const every = Math.max(counts[stream.below(counts.length)]!, Math.ceil(rows / 20_000), 1);
        const blocks = hashes(Math.ceil(rows / every));
        return { rows, every, blocks, columns: hashes(stream.below(40)) };
      };
      const told: LinkPayload = {
        ...honest,
        data: {
          ...honest.data,
          fingerprint: '0'.repeat(64),
          bars: stream.below(5) === 0 ? honest.data.bars : bars,
        },
        results: {
          ...{ ...honest.results, trades: '1'.repeat(64), equity: '2'.repeat(64) },
          ...{ tradeCheckpoints: checkpoints(), equityCheckpoints: checkpoints() },
        },
      };
      const work = async (): Promise<string | null> => {
        const read = openOutsampleFile(packFile(told));
        unwrap(await lab.run(studyOf(read), quiet));
        const found = unwrap(await lab.verify(read));
        if (found.verdict === 'exact') return 'It was verified.';
        return slipInValues(found) ?? slipIn(JSON.stringify(verificationText(found)));
      };
      const tried = `${symbols} symbols × ${years} years, ${detail}`;
      return { tried, outcome: await outcomeOf(work, 'link', 'data') };
    };
  },
};

/** What gives a person away who shares a run, built so that no scanner takes this file for a leak. */
const joined = (...parts: string[]): string => parts.join('');
const secrets: readonly string[] = [
  joined('https://me:', 'hunter2@example.org/x'),
  joined('postgres://user:', 'pass@db.example.org:5432/prices'),
  joined('https://token@', 'example.org'),
  joined('https://hooks.slack.', 'com/services/T000/B000/xxxxxxxx'),
  joined('https://discord.', 'com/api/webhooks/1/abc'),
  joined('https://api.telegram.', 'org/bot1:abc/sendMessage'),
  joined('https://example.org/?api', '_key=0123456789abcdef'),
  joined('https://example.org/?access', '_token=0123456789abcdef'),
  joined('sk_', 'live_4eC39HqLyjWDarjtT1zdp7dc'),
  joined('gh', 'p_0123456789abcdefghijABCDEFGHIJ012345'),
  joined('AK', 'IAIOSFODNN7EXAMPLE'),
  joined('xox', 'b-123456789012-abcdefghijkl'),
  joined('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxIn0.c2lnbmF0dXJlMTIzNDU2Nzg5MA'),
  joined('-----BEGIN PRI', 'VATE KEY-----MIIE'),
  joined('Authorization: Bea', 'rer 0123456789abcdef0123'),
  joined('api', '_key=0123456789abcdef0123'),
  joined('pass', 'word: correct-horse-battery'),
];
/** What only looks a little like one. */
const innocent: readonly string[] = [
  ...[
    'SP500-2000-2020',
    'https://example.org/prices.csv',
    'key levels 2020',
    'password-protected years',
    'BRK.B',
    'token',
  ],
  ...[
    'me@example.org',
    '#3f2a',
    'AAPL@NASDAQ',
    'ES=F',
    'a?b=c',
    'sk',
    '550e8400-e29b-41d4-a716-446655440000',
    '恐慌',
  ],
];
const places: Readonly<Record<string, (text: string) => LinkPayload>> = {
  'study name': (text) => ({ ...payload(), study: { ...payload().study, name: text } }),
  note: (text) => ({ ...payload(), notes: [{ at: '/', text }] }),
  symbol: (text) => withData({ bars: { ...payload().data.bars, symbols: ['NASDAQ', text] } }),
  'file name': (text) => withFile({ name: text }),
  column: (text) => withFile({ mapping: [[text, 'date']] }),
  expression: (text) => ({
    ...payload(),
    study: { strategy: { id: 'custom', parameters: { entry: `symbol = '${text}'` } } },
  }),
};
const withData = (data: Partial<LinkPayload['data']>): LinkPayload => ({
  ...payload(),
  data: { ...payload().data, ...data },
});
const withFile = (file: Partial<LinkPayload['data']['files'][number]>): LinkPayload =>
  withData({ files: payload().data.files.map((one) => ({ ...one, ...file })) });

const wrappings = [
  (text: string) => text,
  (text: string) => `see ${text} there`,
  (text: string) => `${text}.csv`,
];
const told = [...secrets, ...innocent];

export const secretsInNames: Attack = {
  name: 'secrets',
  what: 'keys, passwords and webhooks in every name that a link carries; and names that only look a little like one',
  cases: told.length * Object.keys(places).length * wrappings.length,
  sample: 60,
  begin: () =>
    Promise.resolve(({ place }) => {
      const text = told[place % told.length]!;
      const rest = Math.floor(place / told.length);
      const [where, make] = Object.entries(places)[rest % Object.keys(places).length]!;
      const wrapped = wrappings[Math.floor(rest / Object.keys(places).length)]!(text);
      const tried = `${where}: ${wrapped}`;
      const secret = secrets.includes(text);
      try {
        encodeLink(make(wrapped));
        return { tried, outcome: secret ? failed('A link was made of it.') : right };
      } catch (error) {
        if (!(error instanceof LabError && error.data.kind === 'link')) throw error;
        if (!secret) return { tried, outcome: failed(`Refused: ${error.message}`) };
        return {
          tried,
          outcome: error.message.includes(text) ? failed(`It is said: ${error.message}`) : refused,
        };
      }
    }),
};
