import { LabError } from '../errors.ts';
import { secretIn } from '../secrets/find.ts';
import type { Secret } from '../secrets/secret.ts';
import type { LinkPayload } from './payload.ts';
import { sendablePayload } from './trusted.ts';

/** Texts of one kind in a payload, which are looked through together. */
interface Texts {
  /** What one of them is called, by its number from 1. */
  readonly called: (number: number) => string;
  readonly path: (index: number) => string;
  readonly remedy: string;
  /** Whether a mere run of random characters counts: symbols may be addresses of contracts. */
  readonly bare?: boolean;
  readonly texts: readonly string[];
}

/** No pattern reaches across it, so that many texts are looked through as one. */
const between = '\n|\n';

/**
 * The payload, where a receiver would take it and it gives no secret away in any text that a person or a file has put
 * there. What Outsample writes itself, digests and hashes, is not looked at. Throws a LabError of kind 'link' else.
 */
export function shareablePayload(payload: LinkPayload): LinkPayload {
  refuseSecrets(sendablePayload(payload));
  return payload;
}

function refuseSecrets(payload: LinkPayload): void {
  for (const { called, path, remedy, texts, bare = true } of textsOf(payload)) {
    if (secretIn(texts.join(between), { bare }) === null) continue;
    for (const [index, text] of texts.entries()) {
      const secret = secretIn(text, { bare });
      if (secret !== null) throw refused(secret, called(index + 1), path(index), remedy);
    }
  }
}

/** The same for the address of the page that opens a link, which travels with it. */
export function refuseSecretPage(address: string): void {
  const secret = secretIn(address);
  if (secret === null) return;
  throw refused(secret, 'the page’s address', undefined, 'Use the address without it.');
}

function textsOf({ study, data, notes }: LinkPayload): readonly Texts[] {
  const settings = [...leavesOf(study, '/study')];
  const columns = data.files.map(({ mapping }) => mapping.map(([column]) => column).join(between));
  const readings = data.files.map(({ reading = {} }) =>
    [...leavesOf(reading, '')].map(({ text }) => text).join(between),
  );
  return [
    {
      called: (number) => calledSetting(settings[number - 1]!.path),
      path: (index) => settings[index]!.path,
      remedy: 'Take it out of the study.',
      texts: settings.map(({ text }) => text),
    },
    {
      called: (number) => `note ${number}`,
      path: (index) => `/notes/${index}/text`,
      remedy: 'Take it out of the note.',
      texts: notes.map(({ text }) => text),
    },
    {
      called: (number) => `what note ${number} is pinned to`,
      path: (index) => `/notes/${index}/at`,
      remedy: 'Pin the note to something else.',
      texts: notes.map(({ at }) => at),
    },
    {
      called: (number) => `the name of file ${number}`,
      path: (index) => `/data/files/${index}/name`,
      remedy: 'Rename the file, or leave the names of files out.',
      texts: data.files.map(({ name = '' }) => name),
    },
    {
      called: (number) => `a column’s name in file ${number}`,
      path: (index) => `/data/files/${index}/mapping`,
      remedy: 'Rename the column in the file.',
      texts: columns,
    },
    {
      called: (number) => `how file ${number} is read`,
      path: (index) => `/data/files/${index}/reading`,
      remedy: 'Change the file instead.',
      texts: readings,
    },
    {
      called: (number) => `symbol ${number}`,
      path: (index) => `/data/bars/symbols/${index}`,
      remedy: 'Rename the symbol in its file.',
      bare: false,
      texts: data.bars.symbols,
    },
  ];
}

const calledSetting = (path: string): string =>
  path === '/study/name' ? 'the study’s name' : `the setting ${path.slice('/study/'.length)}`;

/** Every text of a study, and the names of its members, which an unknown strategy may choose. */
function* leavesOf(value: unknown, path: string): Generator<{ path: string; text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, below] of Object.entries(value)) {
    if (!Array.isArray(value)) yield { path, text: key };
    yield* leavesOf(below, `${path}/${key}`);
  }
}

function refused(
  { kind, shown, bare }: Secret,
  where: string,
  path: string | undefined,
  remedy: string,
): LabError {
  const otherwise = bare
    ? ' If it is no key, shorten it to a few characters.'
    : ' If anyone has seen it, have it replaced where it was issued.';
  return new LabError({
    kind: 'link',
    problem: `This cannot be shared: ${where} holds ${kind}.`,
    remedy: `${remedy}${otherwise}`,
    place: { path, value: shown },
  });
}
