import { dayOf, isoFromDay } from '../../../src/domain/calendar.ts';
import { sourceOf } from '../../../src/domain/sources/registry.ts';
import {
  type Asked,
  type Collected,
  type Query,
  type Row,
  type Source,
  SourceFault,
} from '../../../src/domain/sources/source.ts';
import { type SymbolRows, csvOf, inOrder } from '../../../src/domain/sources/table.ts';
import { callable } from '../../../src/wire/egress.ts';
import type { OnProgress } from '../../../src/wire/lab.ts';
import { sha256Of } from '../sha256.ts';
import { download } from './download.ts';
import { shownAddress } from './shown.ts';
import { Hosts } from './hosts.ts';
import { type RemotePorts, cancelled } from './ports.ts';
import { network, saidBy } from './words.ts';

export interface Collecting {
  readonly ports: RemotePorts;
  /** The time now (ISO 8601, UTC). */
  readonly at: string;
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

interface Calling extends Pick<Collecting, 'ports'> {
  readonly hosts: Hosts;
  readonly signal: AbortSignal;
  /** What was called, as it may be shown. */
  readonly addresses: Set<string>;
}

/** Bytes of one answer, and answers for one symbol: a source that never ends is none. */
const [largestAnswer, mostPages] = [50_000_000, 1000];

/** Asks a source for all symbols, page by page and at its pace, and makes one file of the answers. */
export async function collect(query: Query, collecting: Collecting): Promise<Collected> {
  const source = sourceOf(query.source);
  const origin = callable(query.origin ?? source.origin).origin;
  refuseOpenKeys(origin, query);
  const { at, onProgress } = collecting;
  const addresses = new Set<string>();
  const hosts = new Hosts();
  const failed = new AbortController();
  const signal = AbortSignal.any([
    failed.signal,
    ...(collecting.signal ? [collecting.signal] : []),
  ]);
  const calling = { ports: collecting.ports, hosts, signal, addresses };
  let done = 0;
  const all = await Promise.all(
    query.symbols.map(async ({ symbol, name }): Promise<SymbolRows> => {
      const asked = { ...query, name, cursor: null };
      const rows = await rowsOf(source, origin, asked, calling);
      done++;
      const label = `${source.title}: ${name}`;
      onProgress({ phase: 'import', label, ratio: done / query.symbols.length });
      return { symbol: symbol ?? source.nameOf?.(asked) ?? name, rows };
    }),
  ).catch((error: unknown) => {
    hosts.clear();
    failed.abort();
    throw error;
  });
  const { complete, told } = withoutToday(all, dayOf(new Date(at)));
  const rows = complete.reduce((sum, one) => sum + one.rows.length, 0);
  if (rows === 0)
    throw network(
      new URL(origin),
      `${source.title} has nothing for these symbols and dates.`,
      'Check the symbols, and choose a longer span.',
      { value: query.symbols.map(({ name }) => name).join(', ') },
    );
  const csv = csvOf(source.role, complete);
  const days = complete.flatMap((one) => one.rows.map(({ day }) => day));
  const bytes = new TextEncoder().encode(csv);
  return {
    name: nameOf(source, complete),
    csv,
    told,
    provenance: {
      source: source.title,
      addresses: [...addresses],
      query: {
        symbols: Object.fromEntries(
          complete.map(({ symbol }, i) => [symbol, query.symbols[i]!.name]),
        ),
        from: isoFromDay(query.from),
        to: isoFromDay(query.to),
        options: query.options,
      },
      fetchedAt: at,
      terms: `${source.terms.text} (${source.terms.address})`,
      note: source.note,
      sha256: await sha256Of(bytes),
      bytes: bytes.length,
      rows,
      from: isoFromDay(days.reduce((a, b) => Math.min(a, b))),
      to: isoFromDay(days.reduce((a, b) => Math.max(a, b))),
    },
  };
}

async function rowsOf(
  source: Source,
  origin: string,
  first: Asked,
  { ports, hosts, signal, addresses }: Calling,
): Promise<Row[]> {
  const rows: Row[] = [];
  let asked = first;
  for (let page = 0; ; page++) {
    const { path, headers } = source.call(asked);
    const address = origin + path;
    if (page === mostPages)
      throw network(
        new URL(address),
        `${source.title} does not come to an end.`,
        'Choose a shorter span.',
      );
    addresses.add(shownAddress(address));
    const { content } = await hosts.wait(
      origin,
      () => {
        if (signal.aborted) throw cancelled();
        return download(
          { address, headers: headers ?? {}, secrets: asked.keys, most: largestAnswer, signal },
          ports,
        );
      },
      source.pace,
    );
    const { rows: more, next } = readBy(source, await content.text(), asked, address);
    rows.push(...more);
    if (next === null || next === asked.cursor) return inOrder(rows, first.from, first.to);
    asked = { ...asked, cursor: next };
  }
}

function readBy(source: Source, text: string, asked: Asked, address: string) {
  try {
    return source.read(text, asked);
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    throw network(
      new URL(address),
      `${source.title} gave no ${source.role === 'macro' ? 'values' : source.role} for ${asked.name}.`,
      'Read what it says, and check the symbol, the dates and the key.',
      { value: saidBy(error.message, asked.keys) },
    );
  }
}

/** A day that is not over may still change; by UTC, whatever the exchange. */
function withoutToday(all: readonly SymbolRows[], today: number) {
  const complete = all.map(({ symbol, rows }) => ({
    symbol,
    rows: rows.filter(({ day }) => day < today),
  }));
  const count = (some: readonly SymbolRows[]) =>
    some.reduce((sum, one) => sum + one.rows.length, 0);
  const left = count(all) - count(complete);
  return {
    complete,
    told:
      left === 0
        ? []
        : [
            `${left === 1 ? 'One row is' : `${left} rows are`} left out: ${isoFromDay(today)} is not over (UTC).`,
          ],
  };
}

/** A key goes over an open line to this machine alone. */
export function refuseOpenKeys(origin: string, { keys }: Pick<Query, 'keys'>): void {
  const { protocol, hostname } = new URL(origin);
  if (keys.length === 0 || protocol === 'https:') return;
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return;
  throw network(
    new URL(origin),
    'A key is not sent over plain http: whoever is on the way could read it.',
    'Use an https address.',
  );
}

const nameOf = ({ id }: Source, all: readonly SymbolRows[]): string => {
  const [only, another] = all;
  const what =
    another === undefined
      ? only!.symbol.replaceAll(/[^\p{L}\p{N}._-]/gu, '_')
      : `${all.length}-symbols`;
  return `${what}-${id}.csv`;
};
