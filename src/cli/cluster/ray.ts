import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { textDigest } from '../../domain/digest.ts';
import { LabError } from '../../domain/errors.ts';
import type { Shard } from '../../domain/shards/shard.ts';
import { canonicalJson } from '../../domain/study/study.ts';
import { counted } from '../../present/format.ts';
import { loggerOf } from '../../wire/log/logger.ts';
import { onInterrupt } from '../interrupt.ts';
import { shardsIn } from '../shards/folder.ts';
import type { MergedShards } from '../shards/known.ts';
import { type Sharded, refuseUncut } from '../shards/make.ts';
import { mergedOf } from '../shards/merged.ts';
import type { ShardOptions } from '../shards/options.ts';
import { clearProgress, onProgress, say } from '../terminal.ts';
import { type Line, lineOf, noPython, whyNot } from './lines.ts';
import { type ClusterOptions, refuseSlips } from './options.ts';
import { type OnClusterOptions, shardWords } from './words.ts';

/** What makes the shards of a command on a cluster and gives what they know; undefined where none is asked for. */
export function onCluster(
  sharded: Sharded,
  options: OnClusterOptions & ShardOptions,
): (() => Promise<MergedShards>) | undefined {
  refuseSlips(options);
  if (options.on === undefined) return undefined;
  refuseUncut(sharded, '--on');
  return () => onRay(sharded, options);
}

/** Ctrl+C cancels the shards. Their folder is removed afterwards, unless --keep names it. */
async function onRay(sharded: Sharded, options: OnClusterOptions): Promise<MergedShards> {
  const own = await mkdtemp(join(tmpdir(), 'outsample-shards-'));
  try {
    const file = join(own, 'study.json');
    await writeFile(file, JSON.stringify(sharded.study));
    const folder = resolve(options.keep ?? join(own, 'shards'));
    const here = [process.execPath, resolve(process.argv[1] ?? 'outsample')];
    await makeShards(shardWords(sharded.command, file, options, here), folder, options);
    clearProgress();
    const shards = await shardsIn(folder);
    refuseOthers(sharded, shards[0]!, folder);
    return mergedOf(shards);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** What stood in the folder before may be of another command. */
function refuseOthers({ command, asked, study }: Sharded, { header }: Shard, folder: string): void {
  const wanted = [command, asked, textDigest(canonicalJson(study))];
  const found = [header.command, header.asked, header.studyDigest];
  if (canonicalJson(wanted) === canonicalJson(found)) return;
  throw new LabError({
    kind: 'usage',
    problem: 'The shards that stand in this folder are of another command or study.',
    remedy: 'Give --keep an empty folder.',
    place: { file: folder },
  });
}

async function makeShards(
  words: readonly string[],
  out: string,
  options: ClusterOptions,
): Promise<void> {
  const python = process.env['OUTSAMPLE_PYTHON'] ?? 'python3';
  const child = spawn(python, ['-m', 'outsample_ray', ...asked(out, options), '--', ...words], {
    // A group of its own, so that Ctrl+C reaches it by this process alone; it ends when this one does, by its input.
    detached: true,
    stdio: 'pipe',
    env: {
      ...process.env,
      PYTHONPATH: [packageFolder(), process.env['PYTHONPATH']].filter(Boolean).join(delimiter),
    },
  });
  onInterrupt(() => {
    child.kill('SIGINT');
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const errors = text(child.stderr);
  ended.catch(() => undefined);
  const error = await follow(child.stdout);
  const [code] = await ended.catch((cause: unknown) => {
    throw (cause as NodeJS.ErrnoException).code === 'ENOENT' ? noPython(python) : cause;
  });
  if (code !== 0)
    throw new LabError(whyNot(error, { code, said: await errors, python, keep: options.keep }));
}

/** Tells progress as shards are finished; gives the error that was told last. */
async function follow(lines: NodeJS.ReadableStream): Promise<Line['error']> {
  let [done, of] = [0, 0];
  let last: Line['error'];
  for await (const text of createInterface({ input: lines })) {
    const { begun, shard, error } = lineOf(text) ?? {};
    if (begun !== undefined) {
      [done, of] = [begun.standing, begun.shards];
      say(
        `${counted(of, 'shard')} on ${counted(begun.nodes, 'node')} with ${counted(begun.slots, 'core')}${done > 0 ? `; ${done} of them stand already` : ''}.`,
      );
    }
    if (shard !== undefined) {
      done += 1;
      loggerOf('cluster').debug('Shard', shard);
    }
    if (of > 0) onProgress({ phase: 'trials', label: `shard ${done} of ${of}`, ratio: done / of });
    last = error ?? last;
  }
  return last;
}

/** What Ray is asked for. */
function asked(out: string, options: ClusterOptions): string[] {
  const { address, shards, shared, cpus, memory } = options;
  return [
    '--tied',
    ...['--out', out],
    ...(address === undefined ? [] : ['--address', address]),
    ...(shards === undefined ? [] : ['--shards', String(shards)]),
    ...(shared === true ? ['--shared'] : []),
    ...(cpus === undefined ? [] : ['--cpus', String(cpus)]),
    ...(memory === undefined ? [] : ['--memory', String(memory * 2 ** 20)]),
  ];
}

/** cluster/ stands beside the folder of the bundled command; the Python package that it holds is of the same version. */
const packageFolder = (): string =>
  join(dirname(dirname(fileURLToPath(import.meta.url))), 'cluster');
