import type { HistoryState } from '../../state/history.svelte.ts';
import { download } from '../download.ts';

/** The whole journal as a file, encrypted where it is. */
export async function saveHistory(history: HistoryState): Promise<void> {
  const image = await history.image();
  if (image === null) return;
  download('outsample-history.sqlite', 'application/vnd.sqlite3', [new Uint8Array(image)]);
}
