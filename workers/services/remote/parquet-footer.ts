import { parquetMetadataAsync, parquetSchema } from 'hyparquet';
import { type Outline, callable } from '../../../src/wire/egress.ts';
import { type RemotePorts, cancelled, discreet } from './ports.ts';

/** Bytes at the end of a file that are asked for first: footers of price files fit. */
const tail = 65_536;

/** Whether an address leads to Parquet, by its name. */
export const namesParquet = (address: string): boolean =>
  /\.(parquet|pq)$/i.test(callable(address).pathname);

/**
 * Rows, columns and bytes of a Parquet file, from its footer alone; null where the server tells no size, gives no part of
 * a file, or fails: the download says why. All of the file is fetched afterwards: its hash is of all its bytes.
 */
export async function parquetOutline(
  address: string,
  ports: RemotePorts,
  signal?: AbortSignal,
): Promise<Outline | null> {
  const { href } = callable(address);
  const call = async (init: RequestInit): Promise<Response> => {
    const patience = AbortSignal.timeout(ports.patience ?? 20_000);
    const both = signal === undefined ? patience : AbortSignal.any([patience, signal]);
    return ports.fetch(href, { ...discreet, redirect: 'error', signal: both, ...init });
  };
  const slice = async (from: number, to: number): Promise<ArrayBuffer> => {
    const response = await call({ headers: { Range: `bytes=${from}-${to - 1}` } });
    const length = Number(response.headers.get('content-length'));
    if (response.status !== 206 || length !== to - from) {
      await response.body?.cancel();
      throw new RangeError('No part of the file is given.');
    }
    return response.arrayBuffer();
  };
  try {
    const { ok, headers } = await call({ method: 'HEAD' });
    const bytes = Number(headers.get('content-length'));
    if (!ok || !(bytes > 0)) return null;
    const metadata = await parquetMetadataAsync(
      { byteLength: bytes, slice: (from, to = bytes) => slice(from, to) },
      { initialFetchSize: tail, geoparquet: false },
    );
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    return { rows: Number(metadata.num_rows), columns, bytes };
  } catch {
    if (signal?.aborted) throw cancelled();
    return null;
  }
}
