import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkWritable, writeWhole } from '../../workers/engines/whole-files-node.ts';
import { collect } from '../../workers/services/remote/collect.ts';
import { sha256Of } from '../../workers/services/sha256.ts';
import { LabError } from '../domain/errors.ts';
import { queryOf, spanOf, symbolsOf } from '../domain/sources/query.ts';
import { sourceOf, sources } from '../domain/sources/registry.ts';
import { type Revision, revisionOf } from '../domain/sources/revision.ts';
import type { Provenance } from '../domain/sources/source.ts';
import { expanded, isTemplate } from '../domain/sources/template.ts';
import { bytes, counted } from '../present/format.ts';
import { textList } from '../present/text-table.ts';
import type { FetchOptions } from './fetch-arguments.ts';
import { cancellable } from './interrupt.ts';
import { keysFor } from './keys.ts';
import { orElsewhere } from './outputs.ts';
import { addressed, isAddress, remotePorts } from './remote.ts';
import { clearProgress, onProgress, print, printJson, say } from './terminal.ts';

/** A file that was fetched and is not written yet. */
interface Fetched {
  readonly path: string;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly provenance: Provenance;
}

/** Fetches files from a source or an address, and writes each with where it is from, NAME.provenance.json. */
export async function fetchCommand(
  source: string | undefined,
  options: FetchOptions,
): Promise<void> {
  if (source === undefined) {
    print(listed());
    return;
  }
  const at = new Date().toISOString();
  const files = isAddress(source)
    ? await fromAddresses(source, options, at)
    : [await fromSource(source, options, at)];
  for (const file of files) await settle(file, options);
  if (options.json) printJson(files.map(({ path, provenance }) => ({ path, ...provenance })));
  else print(files.flatMap(described));
}

async function fromSource(id: string, options: FetchOptions, at: string): Promise<Fetched> {
  const source = sourceOf(id);
  const query = queryOf(source, {
    symbols: (options.symbols ?? []).join(','),
    ...span(options, at),
    options: Object.fromEntries((options.option ?? []).map(pair)),
    keys: await keysFor(source, options.keyFile),
    origin: options.base,
  });
  if (options.out !== undefined) await orElsewhere('--out', checkWritable(options.out));
  const { name, csv, provenance, told } = await cancellable((signal) =>
    collect(query, { ports: remotePorts, at, signal, onProgress }),
  );
  clearProgress();
  for (const text of told) say(text);
  return { path: options.out ?? name, content: new TextEncoder().encode(csv), provenance };
}

async function fromAddresses(
  address: string,
  options: FetchOptions,
  at: string,
): Promise<Fetched[]> {
  if (!isTemplate(address)) {
    const { name, ...file } = await wholeFile(address, at);
    return [{ ...file, path: options.out ?? name }];
  }
  const { from, to } = span(options, at);
  const [first, last] = spanOf(from, to);
  const symbols = symbolsOf((options.symbols ?? []).join(','));
  if (symbols.length === 0)
    throw usage(
      'The address has a place for symbols, and none is named.',
      'Name them: --symbols AAPL MSFT.',
    );
  const files: Fetched[] = [];
  for (const one of expanded(address, { symbols, from: first, to: last })) {
    const { name, ...file } = await wholeFile(one.address, at);
    const ending = /(\.[a-z]\w{1,9}){1,2}$/i.exec(name)?.[0] ?? '';
    const safe = one.symbol.replaceAll(/[^\p{L}\p{N}._-]/gu, '_');
    files.push({ ...file, path: join(options.out ?? '.', safe + ending) });
  }
  return files;
}

async function wholeFile(address: string, at: string) {
  const { name, content: blob, address: shown } = await addressed(address);
  const content = new Uint8Array(await blob.arrayBuffer());
  const provenance: Provenance = {
    source: new URL(address).origin,
    addresses: [shown],
    query: null,
    fetchedAt: at,
    terms: 'Not known: see what the owner of the address says.',
    sha256: await sha256Of(content),
    bytes: content.length,
    rows: null,
    from: null,
    to: null,
  };
  return { name, content, provenance };
}

/** Writes what is new. What stands there and differs stays, unless --force says otherwise; what has changed is told. */
async function settle({ path, content, provenance }: Fetched, { force }: FetchOptions) {
  const before = await readFile(path).catch(() => null);
  if (before !== null) {
    const text = new TextDecoder();
    if (Buffer.compare(before, content) === 0) {
      say(`${path} is as it was: nothing is written.`);
      return;
    }
    const revision = revisionOf(text.decode(before), text.decode(content));
    const changes = revision === null ? 'The file there is another.' : wordsOf(revision);
    if (force !== true)
      throw usage(
        `This file is there already, and was not replaced. ${changes}`,
        'Give --force to replace it, or --out another path to keep both.',
        path,
      );
    say(`${path} is replaced. ${changes}`);
  }
  const record = `${JSON.stringify(provenance, null, 2)}\n`;
  await orElsewhere(
    '--out',
    writeWhole([
      { path, content },
      { path: `${path}.provenance.json`, content: record },
    ]),
  );
}

function wordsOf({ added, changed, gone }: Revision): string {
  const kinds = [
    [added, 'added'],
    [changed, 'changed'],
    [gone, 'gone'],
  ] as const;
  const told = kinds
    .filter(([{ rows }]) => rows > 0)
    .map(([{ rows, first }, word]) => `${counted(rows, 'row')} ${word}, the first of ${first}`);
  return told.length === 0
    ? 'Its rows are the same, in another order or form.'
    : `${told.join('; ')}.`;
}

const described = ({ path, provenance: one }: Fetched): string[] => [
  path,
  ...textList([
    ['from', one.addresses[0]!],
    ...(one.rows === null || one.from === null || one.to === null
      ? []
      : [['holds', `${counted(one.rows, 'row')}, ${one.from} to ${one.to}`] as const]),
    ['size', bytes(one.bytes)],
    ['SHA-256', one.sha256],
    ['terms', one.terms],
    ...(one.note === undefined ? [] : [['note', one.note] as const]),
  ]),
];

const listed = (): string[] =>
  sources.flatMap(({ id, title, role, symbols, options, keys, pages, terms }) => [
    `${id}: ${title}`,
    ...textList([
      ['gives', role],
      ['symbols', `${symbols.label.toLowerCase()}, such as ${symbols.example}`],
      ...options.map(
        ({ name, standard, choices }) =>
          [
            `--option ${name}=`,
            `${standard}${choices === undefined ? '' : ` (${choices.join(', ')})`}`,
          ] as const,
      ),
      ...keys.map(({ variable }) => ['key', variable] as const),
      [
        'from a page',
        pages === 'open' ? 'yes' : pages === 'closed' ? 'no (CORS)' : 'not known: it is tried',
      ],
      ['terms', terms.text],
    ]),
    '',
  ]);

function span({ from, to }: FetchOptions, at: string): { from: string; to: string } {
  if (from === undefined) throw usage('The first date is missing.', 'Give it: --from 2015-01-01.');
  return { from, to: to ?? at.slice(0, 10) };
}

function pair(text: string): [string, string] {
  const [, name, value] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
  if (value === undefined)
    throw usage('This is no option of a source.', 'Write it as name=value.', text);
  return [name!, value];
}

const usage = (problem: string, remedy: string, file?: string): LabError =>
  new LabError({ kind: 'usage', problem, remedy, ...(file !== undefined && { place: { file } }) });
