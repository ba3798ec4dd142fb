import { clear, createStore, get, set } from 'idb-keyval';
import { LabError } from '../../domain/errors.ts';
import type { InputFile } from '../lab.ts';
import type { FileOutline } from './dataset-store.ts';

/** The way back to the files of the dataset that was last in use. */
export interface HandledFiles {
  readonly fingerprint: string;
  /** Of what was chosen or dropped: files, archives, folders. */
  readonly handles: readonly FileSystemHandle[];
  /** The files that were in it, and how they were read. */
  readonly files: readonly FileOutline[];
}

const key = 'last';
let opened: ReturnType<typeof createStore> | undefined;
const store = () => (opened ??= createStore('outsample-handles', 'handles'));

/** One dataset's handles at most are remembered. */
export const rememberHandles = (files: HandledFiles): Promise<void> => set(key, files, store());
export const forgetHandles = (): Promise<void> => clear(store());
export const rememberedHandles = async (): Promise<HandledFiles | null> =>
  (await get<HandledFiles>(key, store())) ?? null;

/** Asks for each, which the browser allows in a click alone. Throws where one is refused. */
export async function permit(handles: readonly FileSystemHandle[]): Promise<void> {
  for (const handle of handles) {
    const state = (await handle.requestPermission?.({ mode: 'read' })) ?? 'granted';
    if (state !== 'granted')
      throw unreadable(handle, 'The page was not allowed to read this again.');
  }
}

/** The files that are still there, folders opened: each with the path of its folder, '' where it was chosen by name. */
export async function filesBehind(
  handles: readonly FileSystemHandle[],
): Promise<{ readonly file: File; readonly folder: string }[]> {
  return (await Promise.all(handles.map((handle) => below(handle, '')))).flat();
}

/** Files read as those of their names in the same folders were; what one folder has twice, one after another. */
export function asBefore(
  files: readonly InputFile[],
  before: readonly FileOutline[],
): readonly InputFile[] {
  const left = [...before];
  return files.map((file) => {
    const at = left.findIndex(
      ({ name, folder }) => name === file.name && (folder ?? '') === (file.folder ?? ''),
    );
    if (at < 0) return file;
    const [{ bytes, sha256, ...said }] = left.splice(at, 1) as [FileOutline];
    return { ...said, content: file.content };
  });
}

async function below(
  handle: FileSystemHandle,
  folder: string,
): Promise<{ readonly file: File; readonly folder: string }[]> {
  try {
    if (isFile(handle)) return [{ file: await handle.getFile(), folder }];
    const inside = folder === '' ? handle.name : `${folder}/${handle.name}`;
    const files = [];
    for await (const inner of (handle as FileSystemDirectoryHandle).values())
      files.push(...(await below(inner, inside)));
    return files;
  } catch (error) {
    if (!(error instanceof Error) || error instanceof LabError) throw error;
    if (error.name === 'NotFoundError') return [];
    throw unreadable(handle, 'The browser cannot read this again.', error);
  }
}

const unreadable = ({ name }: FileSystemHandle, problem: string, cause?: Error): LabError =>
  new LabError({
    kind: 'import',
    problem,
    remedy: 'Reconnect and allow it, or choose the files again.',
    place: { file: name },
    ...(cause !== undefined && { cause: String(cause) }),
  });

const isFile = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file';
