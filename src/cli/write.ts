import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Pieces } from '../wire/lab.ts';

/** Writes a file piece by piece: neither the whole nor more than the disk keeps up with is ever in memory. */
export async function writePieces(path: string, pieces: Pieces): Promise<void> {
  await pipeline(bytesOf(pieces), createWriteStream(path));
}

async function* bytesOf(pieces: Pieces): AsyncGenerator<string | Uint8Array> {
  for await (const piece of pieces)
    yield typeof piece === 'string' ? piece : new Uint8Array(await piece.arrayBuffer());
}
