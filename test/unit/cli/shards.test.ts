/** Parts of a command in files of their own, and what they are merged into: what one machine writes and prints, byte for byte. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/domain/random.ts';
import { readShard, shardFile } from '../../../src/cli/shards/file.ts';
import type { Shard } from '../../../src/domain/shards/shard.ts';
import { serve } from '../remote/server.ts';
import { outsample } from './outsample.ts';

const folder = mkdtempSync(join(tmpdir(), 'outsample-shards-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const place = (name: string): string => join(folder, name);
const write = (name: string, content: string): string => {
  writeFileSync(place(name), content);
  return place(name);
};

const lines = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8').split('\n');
const bars = write('SP500.csv', lines.slice(0, 300).join('\n'));
const few = write('FEW.csv', lines.slice(0, 38).join('\n'));
const study = write(
  'study.json',
  JSON.stringify({
    // Answers repeat the study's settings in the order in which they are written.
    validation: { walkForward: { unit: 'bars', train: 120, test: 60, minimumTrades: 1 } },
    strategy: { id: 'moving-average-cross', parameters: { slow: 12, fast: 4 } },
  }),
);
const varied = ['--vary', 'fast=3,5', 'slow=12,20', '/exits/stop=1,off'];

/** Makes the shards of a command, in an order of their own. */
async function cut(into: string, order: readonly number[], ...command: string[]): Promise<string> {
  const of = Math.max(...order);
  for (const k of order) {
    const made = await outsample(...command, '--shard', `${k}/${of}`, '--out', place(into));
    expect(made).toMatchObject({ code: 0, out: '' });
    expect(made.err).toContain(`Wrote shard-${k}-of-${of}.arrow to ${place(into)}.`);
  }
  return place(into);
}
const filesOf = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path)
      .sort()
      .map((name) => [name, readFileSync(join(path, name), 'hex')]),
  );

/** Copies shards, changes the copy, and says how their merge fails. */
async function refusal(
  from: string,
  change: (path: string) => void,
  ...more: string[]
): Promise<string> {
  const copy = mkdtempSync(place('copy-'));
  cpSync(from, copy, { recursive: true });
  change(copy);
  const { code, out, err } = await outsample('merge', copy, ...more);
  expect([code, out]).toEqual([2, '']);
  const last = err.trimEnd().split('\n').at(-1)!;
  return (JSON.parse(last) as { message: string }).message.replaceAll(copy, 'DIR');
}

describe('shards of a search', () => {
  const search = ['search', study, '--data', bars, ...varied];
  const whole = { out: '', files: {}, returns: '' };
  let shards: string;
  beforeAll(async () => {
    const into = ['--out', place('whole'), '--returns', place('whole.parquet')];
    whole.out = (await outsample(...search, ...into, '--json')).out;
    whole.files = filesOf(place('whole'));
    whole.returns = readFileSync(place('whole.parquet'), 'hex');
    shards = await cut('search', [2, 3, 1, 2], ...search);
  });

  it.each([
    ['one of all', [1]],
    ['three, one of them done twice', [2, 3, 1, 2]],
  ])('are merged into what one machine gives: %s', async (name, order) => {
    const from = await cut(name, order, ...search);
    const [out, returns] = [place(`${name} merged`), place(`${name}.parquet`)];
    const merged = await outsample('merge', from, '--out', out, '--returns', returns, '--json');
    expect(merged).toMatchObject({ code: 0, out: whole.out });
    expect(merged.err).not.toContain('Trial ');
    expect(filesOf(out)).toEqual(whole.files);
    expect(readFileSync(returns, 'hex')).toBe(whole.returns);
  });

  it('done twice are the same bytes, in any number of threads', async () => {
    const again = [...search, '--workers', '3', '--shard', '2/3', '--out', place('again')];
    expect((await outsample(...again)).code).toBe(0);
    const name = 'shard-2-of-3.arrow';
    expect(filesOf(place('again'))).toEqual({ [name]: filesOf(shards)[name] });
  });

  it('are Arrow files that others read: a row a trial', () => {
    const table = tableFromIPC(readFileSync(join(shards, 'shard-1-of-3.arrow')));
    expect(table.numRows).toBe(3);
    expect(JSON.parse(table.schema.metadata.get('outsample')!)).toMatchObject({
      ...{ format: 1, command: 'search', shard: 1, of: 3, data: { data: [bars] } },
      ...{ jobs: { trials: 8, rotations: 0, replays: 0 } },
    });
    expect(table.getChild('sharpe')!.get(0)).toBeTypeOf('number');
    expect(table.getChild('equity')!.get(0)).toHaveLength(299);
  });

  it('are refused with any byte flipped', async () => {
    const name = 'shard-2-of-3.arrow';
    const bytes = readFileSync(join(shards, name));
    const { below } = randomStream(1, 'flipped bytes');
    for (let i = 0; i < 12; i++) {
      const said = await refusal(shards, (path) => {
        const damaged = Buffer.from(bytes);
        damaged[i === 0 ? 0 : i === 1 ? bytes.length - 1 : below(bytes.length)]! ^= 1 << below(8);
        writeFileSync(join(path, name), damaged);
      });
      expect(said).toBe(
        `outsample: DIR/${name}: This shard is damaged: its bytes are not those that were written. Make it again by the command that made the others, with --shard 2/3 --out DIR.`,
      );
    }
    for (const content of ['', 'ARROW1', bytes.subarray(0, -8)])
      expect(await refusal(shards, (path) => writeFileSync(join(path, name), content))).toContain(
        'This shard is damaged',
      );
  });

  /** Writes a shard anew, sealed, with something else in it. */
  const rewritten =
    (change: (shard: Shard) => object, name = 'shard-2-of-3.arrow') =>
    (path: string): void => {
      const file = join(path, name);
      const shard = readShard(file, readFileSync(file), '');
      const { header, ...answers } = { ...shard, ...change(shard) };
      writeFileSync(file, shardFile(header, answers));
    };

  it('that disagree where two have done the same are told: trial, column, both values, both files', async () => {
    const said = await refusal(
      shards,
      rewritten(({ trials: [first, ...rest] }) => ({
        trials: [{ ...first!, result: { ...first!.result, costs: 1 / 3 } }, ...rest],
      })),
    );
    expect(said).toMatch(
      /DIR\/shard-2-of-3.arrow, column “costs”: Two shards disagree on the trial fast=\d slow=\d+ \/exits\/stop=(1|off): DIR\/shard-1-of-3.arrow has \d+\.\d+, DIR\/shard-2-of-3.arrow 0.3333333333333333. One of/,
    );
  });

  it('are not made of a search that chooses as it goes', async () => {
    for (const method of ['halving', 'evolution']) {
      const asked = ['search', study, '--data', bars, ...varied, '--method', method];
      const { code, err } = await outsample(...asked, '--shard', '1/2', '--out', place('none'));
      expect(code).toBe(2);
      expect(err).toContain('it cannot be cut beforehand. Found “' + method);
    }
  });

  it('of another form are refused, and what they say of files is the place of data alone', async () => {
    for (const other of [{ data: { out: '/' } }, { command: 'run' }, { format: 2 }, { of: '3' }])
      expect(
        await refusal(
          shards,
          rewritten(({ header }) => ({ header: { ...header, ...other } })),
        ),
      ).toContain('DIR/shard-2-of-3.arrow: This shard has another form than this version writes.');
    const from = await cut('alone', [1], ...search);
    for (const [other, said] of [
      [{ engine: '0.1.0' }, 'another version of the engine'],
      [{ study: {} }, 'This version reads the study of these shards otherwise.'],
    ] as const)
      expect(
        await refusal(
          from,
          rewritten(({ header }) => ({ header: { ...header, ...other } }), 'shard-1-of-1.arrow'),
        ),
      ).toContain(said);
  });

  it('must be there, and no others', async () => {
    expect(await refusal(shards, (path) => rmSync(join(path, 'shard-3-of-3.arrow')))).toBe(
      'outsample: DIR: Shard 3 of 3 is missing. Make it by the command that made the others: outsample search … --shard 3/3 --out DIR.',
    );
    expect(
      await refusal(shards, (path) =>
        renameSync(join(path, 'shard-3-of-3.arrow'), join(path, 'shard-3-of-4.arrow')),
      ),
    ).toContain('DIR: This folder holds shards of several cuts: of 3 and of 4 parts.');
    expect(
      await refusal(shards, (path) =>
        cpSync(join(path, 'shard-3-of-3.arrow'), join(path, 'shard-2-of-3.arrow')),
      ),
    ).toContain('This file holds shard 3 of 3, and its name says another.');
    const other = await cut('other', [3, 2, 1], ...search, '--costs', 'none');
    expect(
      await refusal(shards, (path) =>
        cpSync(join(other, 'shard-2-of-3.arrow'), join(path, 'shard-2-of-3.arrow')),
      ),
    ).toMatch(
      /DIR\/shard-2-of-3.arrow: This shard is of another study than DIR\/shard-1-of-3.arrow/,
    );
    const { code, err } = await outsample('merge', place('nowhere'));
    expect([code, err]).toEqual([2, expect.stringContaining('There is no such folder.')]);
    expect((await outsample('merge', folder)).err).toContain('There are no shards in this folder.');
  });

  it('are merged on their own data alone, wherever these are', async () => {
    expect(await refusal(shards, () => undefined, '--data', few)).toMatch(
      /These are not the data of the shards, whose fingerprint is [0-9a-f]{64}. Found “[0-9a-f]{64}”./,
    );
    mkdirSync(place('moved'));
    const moved = write('moved/SP500.csv', readFileSync(bars, 'utf8'));
    expect((await outsample('merge', shards, '--data', moved, '--json')).out).toBe(whole.out);
  });

  it('leave other files alone, and tell of those that look like shards', async () => {
    writeFileSync(join(shards, 'shard-3-of-3 (1).arrow'), 'x');
    writeFileSync(join(shards, 'notes.txt'), 'x');
    const { code, err } = await outsample('merge', shards);
    expect(code).toBe(0);
    expect(err).toContain('as their names are no shards’: shard-3-of-3 (1).arrow.');
    expect(err).not.toContain('notes.txt');
  });

  it('refuse what has no part in them', async () => {
    const said = async (...args: string[]) => (await outsample(...args)).err;
    const part = ['--shard', '1/2', '--out', place('none')];
    expect(await said(...search, ...part, '--json')).toContain('--json has no part in a shard');
    expect(await said(...search, '--shard', '1/2')).toContain('Name a folder for all of them');
    expect(await said(...search, '--shard', '3/2')).toContain('such as 3/8.');
    expect(await said('merge', shards, '--journal', place('j.sqlite'))).toContain(
      'These are shards of search, which has no --journal.',
    );
    expect(await said('audit', study, '--out', place('none'))).toContain(
      '--out goes with --shard only',
    );
    expect(await said('audit', '--demonstration', 'all', ...part)).toContain('Leave --shard out.');
    expect(await said('audit', '--returns', 'x.csv', ...part)).toContain(
      '--shard has no part in it',
    );
  });
});

describe('shards', () => {
  it('of a walk-forward are merged into what one machine gives', async () => {
    const command = ['walk-forward', study, '--data', bars, ...varied, '--cross-validation'];
    const one = await outsample(...command, '--out', place('folds'), '--format', 'arrow', '--json');
    const shards = await cut('walk-forward', [2, 1], ...command);
    const out = place('folds merged');
    const two = await outsample('merge', shards, '--out', out, '--format', 'arrow', '--json');
    expect(two.out).toBe(one.out);
    expect(filesOf(out)).toEqual(filesOf(place('folds')));
    expect((await outsample('merge', shards)).out).toBe((await outsample(...command)).out);
  });

  it('of an audit are merged into what one machine gives, its journal too', async () => {
    const audit = (from: string): string[] => {
      const walkForward = { unit: 'bars', train: 8, test: 5, minimumTrades: 0 };
      const content = {
        ...{ range: { from }, validation: { walkForward } },
        strategy: { id: 'moving-average-cross', parameters: { slow: 5, fast: 2 } },
      };
      const path = write(`audit ${from}.json`, JSON.stringify(content));
      return ['audit', path, '--data', few, '--vary', 'fast=2,3', 'slow=5,6'];
    };
    const command = audit('2000-01-27');
    const one = await outsample(...command, '--json', '--journal', place('one.sqlite'));
    const shards = await cut('audit', [3, 1, 2], ...command);
    const two = await outsample('merge', shards, '--json', '--journal', place('two.sqlite'));
    expect(two.out).toBe(one.out);
    expect(JSON.parse(two.out)).toMatchObject({
      examined: {
        lookAhead: { clean: true, replays: [{ tried: 20 }, { tried: 20 }, { tried: 21 }] },
        walkForward: { trials: 4 },
        overfitting: { permutation: { rotations: 200, own: expect.any(Number) } },
      },
    });
    const narrow = [...audit('2000-02-15'), '--no-search'];
    const without = await outsample('merge', await cut('narrow', [1], ...narrow), '--json');
    expect(without.out).toBe((await outsample(...narrow, '--json')).out);
  }, 120_000);

  it('come from an address, Parquet by range, whose query they do not keep', async () => {
    const rows = lines.slice(1, 300).map((line) => line.split(','));
    const names = lines[0]!.split(',');
    const content = Buffer.from(
      parquetWriteBuffer({
        columnData: names.map((name, i) => ({
          name,
          data: rows.map((row) => (i === 0 ? row[i]! : Number(row[i]))),
          type: i === 0 ? 'STRING' : 'DOUBLE',
        })),
      }),
    );
    const server = await serve(({ headers, method }, response) => {
      const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
      const start = Number(from ?? 0);
      const end = to === undefined || to === '' ? content.length - 1 : Number(to);
      response.writeHead(from === undefined ? 200 : 206, {
        'Content-Length': end - start + 1,
        'Accept-Ranges': 'bytes',
        ...(from !== undefined && { 'Content-Range': `bytes ${start}-${end}/${content.length}` }),
      });
      response.end(method === 'HEAD' ? undefined : content.subarray(start, end + 1));
    });
    try {
      const address = `${server.origin}/SP500.parquet`;
      const command = (data: string) => ['search', study, '--data', data, ...varied];
      const shards = await cut('remote', [1, 2], ...command(address));
      const merged = await outsample('merge', shards, '--json');
      expect(merged.out).toBe((await outsample(...command(address), '--json')).out);
      expect(server.asked.some(({ headers }) => headers.range !== undefined)).toBe(true);

      const signed = `${address}?signature=2f9c1d7e4b`;
      const secret = await cut('signed', [1, 2], ...command(signed));
      for (const bytes of Object.values(filesOf(secret)))
        expect(Buffer.from(bytes, 'hex').includes('2f9c1d7e4b')).toBe(false);
      expect(await refusal(secret, () => undefined)).toContain(
        'The shards keep this address without what may be a secret in it.',
      );
      expect((await outsample('merge', secret, '--data', signed, '--json')).out).toBe(merged.out);
    } finally {
      server.close();
    }
  });
});
