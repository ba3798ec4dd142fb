import { download } from '../../workers/services/remote/download.ts';
import { fileName } from '../../workers/services/remote/file-name.ts';
import { shownAddress } from '../../workers/services/remote/shown.ts';
import { namesParquet, parquetOutline } from '../../workers/services/remote/parquet-footer.ts';
import type { RemotePorts } from '../../workers/services/remote/ports.ts';
import { bytes, counted } from '../present/format.ts';
import { shortList } from '../present/words.ts';
import type { RemoteFile } from '../wire/egress.ts';
import { cancellable } from './interrupt.ts';
import { clearProgress, onProgress, say } from './terminal.ts';

/** Whether what stands in place of a file is an address. */
export const isAddress = (path: string): boolean => /^https?:\/\//i.test(path);

export const remotePorts: RemotePorts = {
  fetch: (url, init) => fetch(url, init),
  isPage: false,
  isSecurePage: false,
};

/** The file at an address, with progress; of Parquet it is said what comes before it comes. */
export async function addressed(address: string): Promise<RemoteFile> {
  const label = shownAddress(address);
  return cancellable(async (signal) => {
    const outline = namesParquet(address)
      ? await parquetOutline(address, remotePorts, signal)
      : null;
    if (outline !== null)
      say(
        `${label}: ${counted(outline.rows, 'row')}, ${bytes(outline.bytes)}; columns ${shortList(outline.columns)}.`,
      );
    const onBytes = (received: number, total: number | null): void => {
      onProgress({ phase: 'import', label, ratio: total === null ? 0 : received / total });
    };
    const got = await download({ address, signal, onBytes }, remotePorts);
    clearProgress();
    return { name: await fileName(address, got), content: got.content, address: label };
  });
}
