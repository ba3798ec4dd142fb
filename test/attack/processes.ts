import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  openSync,
  closeSync,
  ftruncateSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { randomStream } from '../../src/domain/random.ts';
import { openLedger } from '../../src/cli/ledger.ts';
import type { Attack, Outcome, Try } from './attack.ts';
import { type Ended, type Surroundings, filesIn, judged, outsample } from './command.ts';
import { csvOf, soundCells } from './lab.ts';
import { failed, right } from './outcome.ts';

const market = csvOf(soundCells.bars(randomStream(1, 'market'), 120));

/** The command is built once, before anything is timed. */
async function built(attempt: Try): Promise<Try> {
  await outsample(['--version']);
  return attempt;
}

const pick = <T>(stream: { below(n: number): number }, list: readonly T[]): T =>
  list[stream.below(list.length)]!;

const texts = [
  '',
  ' ',
  '-',
  '--',
  'x',
  '../x',
  '/dev/null',
  '=',
  '%s',
  '\u202e',
  '\x1b[31m',
  '🦆',
  '-1',
  '0',
  '1e9',
  '1e999',
  'x'.repeat(5000),
];
const commands = [
  'run',
  'search',
  'walk-forward',
  'audit',
  'report',
  'metrics',
  'link',
  'verify',
  'journal',
  'example',
  'schema',
  '',
  'RUN',
  'rum',
  '--help',
  '--version',
];
const options = [
  ...[
    '--data',
    '--attention',
    '--macro',
    '--universe',
    '--date-order',
    '--costs',
    '--convention',
    '--json',
    '--out',
    '--ledger',
    '--journal',
    '--passphrase-fd',
  ],
  ...[
    '--vary',
    '--method',
    '--trials',
    '--port',
    '--host',
    '--every',
    '--page',
    '--file',
    '--note',
    '--no-names',
    '--no-link',
    '--audit',
  ],
  ...[
    '--no-audit',
    '--no-search',
    '--demonstration',
    '--all-metrics',
    '--list',
    '--cross-validation',
    '--learn',
    '--help',
    '--fast',
    '-x',
  ],
];
const varied = [
  'fast=2:4:2',
  'fast=2:4',
  'fast=',
  '=2',
  'fast=4:2:3',
  'fast=1:1e9:100000',
  'fast=x',
  'x=1',
  '/exits/stop=off',
  '/=1',
  'fast=2,2,2',
  '/name=1',
  '/__proto__/x=1',
];

/** One that lasts is not left serving. */
const serves = (args: readonly string[]): boolean =>
  args.includes('--port') && args.includes('metrics');

export const argumentLists: Attack = {
  name: 'arguments',
  what: 'arguments of the command that are empty, unknown, twice there, or not of their kind',
  cases: 60,
  sample: 0,
  begin: () =>
    built(async ({ stream, folder }) => {
      const { study, data } = filesIn(folder(), market);
      const valueOf = (option: string): string[] => {
        if (stream.below(5) === 0) return [];
        if (option === '--vary') return [pick(stream, varied)];
        if (option === '--data' && stream.below(2) === 0) return [data];
        const text = pick(stream, texts);
        return ['--out', '--file', '--ledger', '--journal'].includes(option) && text !== ''
          ? [join(folder(), text.slice(0, 9))]
          : [text];
      };
      const given = Array.from({ length: stream.below(4) }, () => pick(stream, options)).flatMap(
        (option) => [option, ...valueOf(option)],
      );
      const twice = stream.below(4) === 0 ? given : [];
      const command = pick(stream, commands);
      const all = [command, pick(stream, [study, study, study, ...texts]), ...given, ...twice];
      const args = serves(all) ? all.filter((one) => one !== 'metrics') : all;
      const tried = args.map((one) => JSON.stringify(one.slice(0, 60))).join(' ');
      return {
        tried,
        outcome: judged(await outsample(args), command === 'verify' ? [0, 3, 4] : [0]),
      };
    }),
};

interface Scene extends Surroundings {
  readonly args: readonly string[];
  /** What is wrong after an exit with code 0; null where nothing is. */
  readonly wrong?: () => string | null;
  /** Other outcomes that are right: a reader that has gone, say. */
  readonly codes?: readonly number[];
}
interface Place {
  readonly folder: string;
  readonly study: string;
  readonly data: string;
  /** A file of that content in the folder. */
  readonly file: (name: string, content: string | Uint8Array) => string;
}

const fifo = (folder: string): string => {
  const path = join(folder, 'fifo');
  execFileSync('mkfifo', [path]);
  return path;
};
/** A file of so many bytes that takes no room. */
const sparse = (path: string, bytes: number): string => {
  const file = openSync(path, 'w');
  ftruncateSync(file, bytes);
  closeSync(file);
  return path;
};
const loop = (folder: string): string => {
  const path = join(folder, 'loop');
  symlinkSync(path, path);
  return path;
};
const zeros = (bytes: number): Uint8Array => {
  // Members of one gzip file: 100 MB of zeros each.
  const member = gzipSync(new Uint8Array(100_000_000));
  return Buffer.concat(Array.from({ length: bytes / 100_000_000 }, () => member));
};

const asData =
  (make: (place: Place) => string) =>
  (place: Place): Scene => ({ args: ['run', place.study, '--data', make(place)] });
const asStudy =
  (make: (place: Place) => string) =>
  (place: Place): Scene => ({ args: ['run', make(place), '--data', place.data] });
const asLink =
  (make: (place: Place) => string) =>
  (place: Place): Scene => ({ args: ['verify', make(place)] });
const asLedger =
  (make: (place: Place) => string) =>
  (place: Place): Scene => ({
    args: ['link', place.study, '--data', place.data, '--ledger', make(place)],
  });
const asOut =
  (command: string, option: string, make: (place: Place) => string) =>
  (place: Place): Scene => ({
    args: [command, place.study, '--data', place.data, option, make(place)],
  });
const writers = [
  ['run', '--out'],
  ['report', '--out'],
  ['metrics', '--out'],
  ['link', '--file'],
] as const;
/** The same bad place for everything that is written. */
const asAnyOut = (
  what: string,
  make: (place: Place) => string,
): Record<string, (place: Place) => Scene> =>
  Object.fromEntries(
    writers.map(([command, option]) => [
      `${command} ${option}: ${what}`,
      asOut(command, option, make),
    ]),
  );

const scenes: Readonly<Record<string, (place: Place) => Scene>> = {
  'data: a FIFO': asData(({ folder }) => fifo(folder)),
  'data: /dev/zero': asData(() => '/dev/zero'),
  'data: /dev/null': asData(() => '/dev/null'),
  'data: 5 GB': asData(({ folder }) => sparse(join(folder, 'large.csv'), 5e9)),
  'data: 1 GB of zeros': asData(({ folder }) => sparse(join(folder, 'large.csv'), 1e9)),
  'data: a gzip of 1 GB of zeros': asData(({ file }) => file('bars.csv.gz', zeros(1e9))),
  'data: a gzip of 3 GB of zeros': asData(({ file }) => file('bars.csv.gz', zeros(3e9))),
  'data: a link to itself': asData(({ folder }) => loop(folder)),
  'data: a name that is too long': asData(() => 'x'.repeat(5000)),
  'data: a name that a terminal obeys': asData(({ file }) => file('A\x1b[31m\u202eB.csv', 'x')),
  'data: a name of two lines': asData(({ file }) => file('A\nB.csv', market)),
  'data: a folder in a folder': asData(
    ({ folder }) => (mkdirSync(join(folder, 'a/b.csv'), { recursive: true }), join(folder, 'a')),
  ),
  'study: a FIFO': asStudy(({ folder }) => fifo(folder)),
  'study: /dev/zero': asStudy(() => '/dev/zero'),
  'study: a folder': asStudy(({ folder }) => folder),
  'study: empty': asStudy(({ file }) => file('s.json', '')),
  'study: 1 GB': asStudy(({ folder }) => sparse(join(folder, 's.json'), 1e9)),
  'study: lists 1,000,000 deep': asStudy(({ file }) =>
    file('s.json', '['.repeat(1e6) + ']'.repeat(1e6)),
  ),
  'study: a setting 100,000 deep': asStudy(({ file }) =>
    file('s.json', `{"name":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
  ),
  'study: __proto__': asStudy(({ file }) =>
    file('s.json', '{"__proto__": {"name": "x"}, "constructor": 1}'),
  ),
  'study: a name that a terminal obeys': asStudy(({ file }) =>
    file('s.json', JSON.stringify({ name: '\x1b[31m\u202e\x07' })),
  ),
  'study: UTF-16': asStudy(({ file }) => file('s.json', Buffer.from('\ufeff{}', 'utf16le'))),
  'study: an empty standard input': ({ data }) => ({ args: ['run', '-', '--data', data] }),
  'study: noise on standard input': ({ data }) => ({
    args: ['run', '-', '--data', data],
    input: Uint8Array.of(255, 0, 1, 2),
  }),
  'link: a FIFO': asLink(({ folder }) => fifo(folder)),
  'link: /dev/zero': asLink(() => '/dev/zero'),
  'link: a folder': asLink(({ folder }) => folder),
  'link: 1 GB': asLink(({ folder }) => sparse(join(folder, 'x.outsample'), 1e9)),
  'link: 50 MB of standard input': () => ({ args: ['verify', '-'], input: 'A'.repeat(50_000_000) }),
  'ledger: a folder': asLedger(({ folder }) => folder),
  'ledger: a FIFO': asLedger(({ folder }) => fifo(folder)),
  'ledger: /dev/full': asLedger(() => '/dev/full'),
  'ledger: in no folder': asLedger(({ folder }) => join(folder, 'none/x.sqlite')),
  'ledger: no database': asLedger(({ file }) => file('x.sqlite', 'hello')),
  'ledger: empty': asLedger(({ file }) => file('x.sqlite', '')),
  ...asAnyOut('/dev/full', () => '/dev/full'),
  ...asAnyOut('in no folder', ({ folder }) => join(folder, 'none/more/x')),
  ...asAnyOut('below a file', ({ data }) => join(data, 'x')),
  ...asAnyOut('a link to itself', ({ folder }) => loop(folder)),
  ...asAnyOut('nothing', () => ''),
  ...asAnyOut('a name that is too long', ({ folder }) => join(folder, 'x'.repeat(300))),
  'report --out: a folder': asOut('report', '--out', ({ folder }) => folder),
  'metrics --out: a folder': asOut('metrics', '--out', ({ folder }) => folder),
  'link --file: a folder': asOut('link', '--file', ({ folder }) => folder),
  'run --out: a folder in which a file’s name is taken by a folder': asOut(
    'run',
    '--out',
    ({ folder }) => {
      mkdirSync(join(folder, 'out/trades.csv'), { recursive: true });
      return join(folder, 'out');
    },
  ),
  'standard output: /dev/full': ({ study, data }) => ({
    args: ['run', study, '--data', data],
    stdout: '/dev/full',
  }),
  'standard output: /dev/full, a report': ({ study, data }) => ({
    args: ['report', study, '--data', data, '--no-audit', '--out', '-'],
    stdout: '/dev/full',
  }),
  'standard output: /dev/full, an example': () => ({ args: ['example'], stdout: '/dev/full' }),
  'standard output: nobody reads it': ({ study, data }) => ({
    args: ['run', study, '--data', data, '--json'],
    stdout: 'closed',
  }),
};

export const devices: Attack = {
  name: 'devices',
  what: 'the command with devices, pipes, folders, huge or missing files as data, study, link, ledger and output; a full disk; no reader',
  cases: Object.keys(scenes).length,
  sample: 0,
  begin: () =>
    built(async ({ place, folder }) => {
      const [tried, make] = Object.entries(scenes)[place]!;
      const where = folder();
      const file = (name: string, content: string | Uint8Array): string => {
        writeFileSync(join(where, name), content);
        return join(where, name);
      };
      const scene = make({ folder: where, file, ...filesIn(where, market) });
      const ended = await outsample(scene.args, scene);
      // What was never written must not be taken for done.
      const unwritten = scene.stdout === '/dev/full' && ended.code === 0;
      return { tried, outcome: unwritten ? failed('It says that all is done.') : judged(ended) };
    }),
};

/** The trials that a ledger counts, whatever dataset they are of. */
const trialsIn = async (path: string, fingerprint: string): Promise<number> =>
  (await (await openLedger({ ledger: path })).facts(fingerprint)).trials;

export const ledgers: Attack = {
  name: 'ledgers',
  what: 'four commands at once on one ledger, each with a trial of its own; all that end well must be counted',
  cases: 6,
  sample: 0,
  begin: () =>
    built(async ({ folder }) => {
      const where = folder();
      const { data } = filesIn(where, market);
      const ledger = join(where, 'trials.sqlite');
      const ended = await Promise.all(
        [4, 5, 6, 7].map((slow) => {
          const study = join(where, `${slow}.json`);
          writeFileSync(
            study,
            JSON.stringify({
              strategy: { id: 'moving-average-cross', parameters: { fast: 2, slow } },
            }),
          );
          return outsample(['link', study, '--data', data, '--ledger', ledger, '--json']);
        }),
      );
      const tried = `exit codes ${ended.map(({ code }) => code).join(', ')}`;
      const bad = ended.map((one) => judged(one)).find(({ verdict }) => verdict === 'failed');
      if (bad !== undefined) return { tried, outcome: bad };
      const done = ended.filter(({ code }) => code === 0);
      const { data: made } = JSON.parse(done[0]!.out) as { data: { fingerprint: string } };
      const counted = await trialsIn(ledger, made.fingerprint);
      const outcome =
        counted === done.length
          ? right
          : failed(`${done.length} ended well, ${counted} are counted.`);
      return { tried, outcome };
    }),
};

/** Commands that write, and the files they leave when nobody kills them. */
const written: readonly (readonly [command: string, args: (out: string) => readonly string[]])[] = [
  ['run', (out) => ['--out', out]],
  ['report', (out) => ['--no-audit', '--out', join(out, 'report.html')]],
  ['metrics', (out) => ['--out', join(out, 'run.prom')]],
  ['link', (out) => ['--file', join(out, 'run.outsample'), '--ledger', join(out, 'trials.sqlite')]],
];

export const kills: Attack = {
  name: 'kills',
  what: 'the command killed while it writes; each file then is whole or not there',
  cases: 60,
  sample: 0,
  begin: () => {
    const whole = new Map<string, ReadonlyMap<string, Buffer>>();
    return built(async ({ stream, place, folder }) => {
      const where = folder();
      const { study, data } = filesIn(where, market);
      const [command, args] = written[place % written.length]!;
      const run = async (out: string, onStart?: Surroundings['onStart']): Promise<Ended> => {
        mkdirSync(out);
        return outsample(
          [command, study, '--data', data, ...args(out)],
          onStart === undefined ? {} : { onStart },
        );
      };
      if (!whole.has(command)) {
        const ended = await run(join(where, 'whole'));
        if (ended.code !== 0) return { tried: command, outcome: judged(ended) };
        whole.set(command, contentsOf(join(where, 'whole')));
      }
      const out = join(where, 'out');
      const events = 1 + stream.below(12);
      const ended = await run(out, (kill) => {
        let left = events;
        return watch(out, () => {
          if (--left === 0) kill();
        });
      });
      const tried = `${command}, killed at the ${events}. change of its folder (${ended.signal ?? 'it was done'})`;
      return { tried, outcome: wholeOr(contentsOf(out), whole.get(command)!) };
    });
  },
};

const contentsOf = (folder: string): Map<string, Buffer> =>
  new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter((one) => one.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name))]),
  );

/** A file of a name that is written whole has its bytes; a ledger and metrics, whose times differ, as much of them. */
function wholeOr(found: ReadonlyMap<string, Buffer>, whole: ReadonlyMap<string, Buffer>): Outcome {
  for (const [name, bytes] of found) {
    const expected = whole.get(name);
    if (expected === undefined) continue;
    const lines = (one: Buffer): number => one.toString().split('\n').length;
    const same = name.endsWith('.sqlite')
      ? bytes.length === expected.length
      : name.endsWith('.prom')
        ? lines(bytes) === lines(expected) && bytes.at(-1) === expected.at(-1)
        : bytes.equals(expected);
    if (!same) return failed(`${basename(name)} has ${bytes.length} of ${expected.length} bytes.`);
  }
  return right;
}
