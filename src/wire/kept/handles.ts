import { clear, createStore, get, set } from 'idb-keyval';
import { LabError } from '../../domain/errors.ts';
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

/** The files that are still there, folders opened; apart those that were chosen by name. */
export async function filesBehind(
  handles: readonly FileSystemHandle[],
): Promise<{ readonly named: File[]; readonly within: File[] }> {
  const [named, within]: [File[], File[]] = [[], []];
  for (const handle of handles) (isFile(handle) ? named : within).push(...(await below(handle)));
  return { named, within };
}

async function below(handle: FileSystemHandle): Promise<File[]> {
  try {
    if (isFile(handle)) return [await handle.getFile()];
    const files: File[] = [];
    for await (const inner of (handle as FileSystemDirectoryHandle).values())
      files.push(...(await below(inner)));
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
