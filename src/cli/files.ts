import { open, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { notAFile } from '../../workers/engines/whole-files-node.ts';
import { isDataName, refuseAtSight, seenAtSight } from '../../workers/services/import/open.ts';
import { LabError } from '../domain/errors.ts';
import { type ExchangeCode, exchangeNamed, exchanges } from '../domain/exchanges/exchanges.ts';
import { largestDataFile, largestStudyFile } from '../domain/limits.ts';
import { shippedOf } from '../domain/link/samples.ts';
import { parsedStudy } from '../domain/study/study.ts';
import type { DatasetSummary, FileRole, InputFile } from '../wire/lab.ts';
import type { DataOptions } from './options.ts';
import { type Maps, mapsOf } from './maps.ts';
import { addressed, isAddress } from './remote.ts';

/** The files a command names, with their roles; folders stand for all that is in them and below. */
export async function inputFiles(
  options: DataOptions,
  ofAnyRole: readonly string[] = [],
): Promise<InputFile[]> {
  const given: [FileRole | undefined, readonly string[] | undefined][] = [
    [undefined, ofAnyRole],
    ['bars', options.data],
    ['attention', options.attention],
    ['macro', options.macro],
    ['universe', options.universe],
    ['instruments', options.instruments],
    ['events', options.events],
    ['detail', options.detail],
  ];
  const files: InputFile[] = [];
  const maps = await mapsAt(options.map);
  const said = {
    ...(options.dateOrder && { dateOrder: options.dateOrder }),
    ...(options.zone !== undefined && { zone: options.zone }),
    ...(options.exchange !== undefined && { exchange: exchangeSaid(options.exchange) }),
    ...(options.stamp && { stamp: options.stamp }),
    ...(options.closesAlone === true && { closesAlone: true }),
    ...(options.rawPrices === true && { prices: 'raw' as const }),
  };
  for (const [role, paths] of given) {
    for (const path of paths ?? []) {
      if (isAddress(path)) {
        files.push({ ...(await addressed(path)), ...(role && { role }), ...said, ...maps(path) });
        continue;
      }
      for (const file of await expand(path))
        files.push({
          ...(await (file.isWithin ? fileWithin : inputFile)(file.path, role)),
          ...said,
          ...maps(file.path),
        });
    }
  }
  return files;
}

/** By code or another name: NYSE is XNYS. */
function exchangeSaid(name: string): ExchangeCode | 'none' {
  if (name.trim().toLowerCase() === 'none') return 'none';
  const code = exchangeNamed(name);
  if (code !== null) return code;
  throw new LabError({
    kind: 'usage',
    problem: 'There is no exchange of this name.',
    remedy: `Give --exchange none, or one of ${exchanges.map((one) => one.code).join(', ')}.`,
    place: { value: name },
  });
}

const mapsAt = async (path: string | undefined): Promise<Maps> =>
  path === undefined
    ? () => ({})
    : mapsOf((await readable(path, largestStudyFile)).toString('utf8'), path);

interface Manifest {
  readonly id: string;
  readonly default?: boolean;
  readonly synthetic?: unknown;
  readonly files: readonly {
    readonly path: string;
    readonly role: FileRole;
    readonly sha256: string;
  }[];
}

/** The datasets that ship, as their manifest has them. */
async function shippedDatasets(): Promise<Manifest[]> {
  const path = join(await datasetsFolder(), 'manifest.json');
  return JSON.parse(await readFile(path, 'utf8')) as Manifest[];
}

/** The dataset that ships and has these files, byte for byte; undefined where none has. */
export const shippedAs = async ({
  files,
}: Pick<DatasetSummary, 'files'>): Promise<Manifest | undefined> =>
  shippedOf(files, await shippedDatasets());

/** Whether it is a dataset that ships and is made up. */
export const isSynthetic = async (dataset: Pick<DatasetSummary, 'files'>): Promise<boolean> =>
  (await shippedAs(dataset))?.synthetic !== undefined;

/** The dataset that ships as the default. */
export async function bundledFiles(): Promise<{ id: string; files: InputFile[] }> {
  const chosen = (await shippedDatasets()).find((dataset) => dataset.default === true);
  if (chosen === undefined) throw new RangeError('No dataset of the manifest is the default.');
  return { id: chosen.id, files: await shippedFiles(chosen.id) };
}

/** The files of a dataset that ships. */
export async function shippedFiles(id: string): Promise<InputFile[]> {
  const shipped = await shippedDatasets();
  const chosen = shipped.find((dataset) => dataset.id === id);
  if (chosen === undefined) {
    throw new LabError({
      kind: 'usage',
      problem: 'No dataset of this name ships with this version.',
      remedy: `Name the files with --data; these ship: ${shipped.map((one) => one.id).join(', ')}.`,
      place: { value: id },
    });
  }
  const folder = await datasetsFolder();
  return Promise.all(chosen.files.map(({ path, role }) => inputFile(join(folder, path), role)));
}

/** datasets/ stands beside the folder of the bundled command, and two above its source. */
async function datasetsFolder(): Promise<string> {
  for (const relative of ['../datasets', '../../datasets']) {
    const folder = fileURLToPath(new URL(relative, import.meta.url));
    if (await stat(join(folder, 'manifest.json')).catch(() => null)) return folder;
  }
  throw new RangeError('The bundled datasets are missing.');
}

/** A study's JSON from a path, or from standard input for “-”. */
export async function readStudy(path: string): Promise<unknown> {
  const text =
    path === '-'
      ? await readStandardInput(largestStudyFile)
      : (await readable(path, largestStudyFile)).toString('utf8');
  return parsedStudy(text, path);
}

async function inputFile(path: string, role: FileRole | undefined): Promise<InputFile> {
  return {
    name: path,
    content: new Blob([
      await readable(path, largestDataFile, (beginning) => refuseAtSight(path, beginning)),
    ]),
    ...(role && { role }),
  };
}

/** What is no data by its name is not read; the import leaves it out and tells. */
const fileWithin = async (path: string, role: FileRole | undefined): Promise<InputFile> => ({
  ...(isDataName(path)
    ? await inputFile(path, role)
    : { name: path, content: new Blob([]), ...(role && { role }) }),
  isWithin: true,
});

interface Named {
  readonly path: string;
  /** In a folder that was named. */
  readonly isWithin: boolean;
}

/** A path, or all files in and below a folder; those that begin with a dot are the system's. */
async function expand(path: string): Promise<Named[]> {
  const given = await stat(path).catch(() => null);
  if (!given?.isDirectory()) return [{ path, isWithin: false }];
  const below = await filesBelow(path);
  if (below.some(isDataName)) return below.map((one) => ({ path: one, isWithin: true }));
  throw new LabError({
    kind: 'usage',
    problem: 'This folder holds no files of data: CSV, Excel, Parquet, Arrow or zip.',
    place: { file: path },
  });
}

/** In the order of names; links to folders are not followed, since they may lead in a circle. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => Number(a.name > b.name) - Number(a.name < b.name))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
    if (entry.isDirectory()) files.push(...(await filesBelow(path)));
    else if (entry.isFile() || (await stat(path).catch(() => null))?.isFile() === true)
      files.push(path);
  }
  return files;
}

/** A file's bytes; `check` throws on its first ones where the rest need not be read. */
export async function readable(
  path: string,
  most: number,
  check: (beginning: Uint8Array<ArrayBuffer>) => void = () => undefined,
): Promise<Buffer<ArrayBuffer>> {
  await refuseUnbounded(path, most);
  try {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(new Uint8Array(seenAtSight), 0, seenAtSight, 0);
      check(buffer.subarray(0, bytesRead));
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof LabError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw new LabError({
      kind: 'usage',
      problem:
        code === 'ENOENT'
          ? 'There is no such file.'
          : `This file cannot be read (${code ?? 'unknown error'}).`,
      remedy: 'Check the path.',
      place: { file: path },
    });
  }
}

/** Before it is opened: what is no file may never end, and opening it alone may wait for ever. */
export async function refuseUnbounded(path: string, most: number): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null || found.isDirectory()) return;
  if (!found.isFile()) throw notAFile(path, 'Save what it gives to a file and name that.');
  if (found.size > most) throw tooLarge(most, path);
}

const tooLarge = (most: number, file?: string): LabError =>
  new LabError({
    kind: 'usage',
    problem: `This has more than ${most} bytes, which is the most that is read of it.`,
    remedy: 'Check that it is the right file.',
    place: { file: file ?? 'standard input' },
  });

export async function readStandardInput(most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > most) throw tooLarge(most);
  }
  return Buffer.concat(chunks).toString('utf8');
}
