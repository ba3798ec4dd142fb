import { LabError, type LabErrorData } from '../domain/errors.ts';
import { errorData } from '../wire/errors.ts';
import type { InputFile } from '../wire/lab.ts';
import type { SharedState } from './shared.svelte.ts';

/** Whether an address leads to someone else’s run. */
const isLink = (hash: string): boolean => /^#s\d+\./.test(hash);

/** Shared runs that come to this page: the one it was opened with, and any that comes while it is in use. */
export class Arrival {
  /** Why the link that the page was opened with cannot be read. */
  error = $state.raw<LabErrorData | null>(null);
  /** A fragment to open in a tab of its own: it came while there was work here. */
  later = $state.raw<string | null>(null);

  /** The shared run that the page was opened with; null where it wasn’t, or where its link cannot be read. */
  async open(hash: string): Promise<SharedState | null> {
    if (!isLink(hash)) return null;
    try {
      const { SharedState } = await import('./shared.svelte.ts');
      return SharedState.ofLink(hash);
    } catch (error) {
      this.error = errorData(error);
      return null;
    }
  }

  /** Another address in the same tab: the fragment is taken off it, so that nothing is lost by a reload. */
  take(hash: string, clean: () => void): void {
    if (!isLink(hash)) return;
    clean();
    this.later = hash;
  }

  /** An .outsample file among files that were brought is no data: it waits to be opened. */
  async sort(files: readonly InputFile[]): Promise<readonly InputFile[] | null> {
    const isShared = ({ name }: InputFile) => /\.outsample$/i.test(name);
    const shared = files.find(isShared);
    if (shared === undefined) return files;
    const [{ openOutsampleFile, refuseLargeFile }, { encodeAgain, isReadable }] = await Promise.all(
      [import('../domain/link/outsample-file.ts'), import('../domain/link/codec.ts')],
    );
    refuseLargeFile(shared.content.size);
    const bytes = new Uint8Array(await shared.content.arrayBuffer());
    const link = `#${encodeAgain(openOutsampleFile(bytes))}`;
    if (!isReadable(link)) {
      throw new LabError({
        kind: 'link',
        problem: 'This shared run is too large for the page to open.',
        remedy: 'Verify it with the command: outsample verify run.outsample --data your files.',
        place: { file: shared.name },
      });
    }
    this.later = link;
    const others = files.filter((file) => !isShared(file));
    return others.length > 0 ? others : null;
  }
}
