import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileStorage } from '../../workers/engines/sqlite-node.ts';
import { startNodeSqlite } from '../../workers/engines/sqlite-start-node.ts';
import { createJournal } from '../../workers/services/journal/journal.ts';
import { LabError } from '../domain/errors.ts';
import { unwrap } from '../wire/errors.ts';
import type { JournalService } from '../wire/journal.ts';
import type { Reply } from '../wire/lab.ts';
import type { JournalAction, PassphraseOptions } from './journal-options.ts';
import { orElsewhere } from './outputs.ts';
import { type Ask, asking } from './passphrase.ts';
import { say } from './terminal.ts';

/** A journal in a file. */
export interface JournalFile {
  readonly service: JournalService;
  /** It is encrypted, and was not opened yet. */
  readonly locked: boolean;
  /** The answer of a call, or an error that names the file. */
  kept<T>(reply: Promise<Reply<T>>): Promise<T>;
}

/** Where it is remembered what was seen last of encrypted journals: of this user, apart from the files. */
const memory = (): string =>
  join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'outsample');

/** A file that is no journal, or cannot be written, is refused here, before any work. */
export async function journalFile(path: string, option: string): Promise<JournalFile> {
  const storage = fileStorage(path, memory());
  const service = createJournal(startNodeSqlite, () => Promise.resolve(storage));
  const kept = <T>(reply: Promise<Reply<T>>): Promise<T> =>
    orElsewhere(
      option,
      reply.then(unwrap).catch((error: unknown) => about(path, option, error)),
    );
  const opened = await service.open();
  const locked = !opened.ok && opened.error.code === 'locked';
  if (!locked) tellOf(path, await kept(Promise.resolve(opened)));
  await orElsewhere(option, storage.check());
  return { service, locked, kept };
}

/** Opens one that is encrypted, and says what is odd about it. */
export async function unlocked(file: JournalFile, path: string, ask: Ask): Promise<void> {
  if (!file.locked) return;
  await file.kept(file.service.unlock(await ask(`Passphrase of ${path}`)));
  tellOf(path, await file.kept(file.service.open()));
}

const tellOf = (path: string, { odd }: { readonly odd: string | null }): void => {
  if (odd !== null) say(`${path}: ${odd}`);
};

/** Encrypts a journal, gives it another passphrase, or takes it away. */
export async function journalCommand(
  action: JournalAction,
  path: string,
  { passphraseFd }: PassphraseOptions,
): Promise<void> {
  const file = await journalFile(path, 'the command');
  if (file.locked === (action === 'encrypt')) throw unfit(path, file.locked);
  const ask = asking(passphraseFd);
  const present = file.locked ? await ask('Present passphrase') : null;
  const next = action === 'decrypt' ? null : await chosen(ask, passphraseFd === undefined);
  await file.kept(file.service.protect(present, next));
  say(`${path} is ${next === null ? 'no longer encrypted' : 'encrypted with the new passphrase'}.`);
}

async function chosen(ask: Ask, twice: boolean): Promise<string> {
  const next = await ask('New passphrase');
  if (twice && (await ask('New passphrase again')) !== next)
    throw new LabError({
      kind: 'usage',
      problem: 'The two passphrases differ.',
      remedy: 'Run this again; the file is left as it is.',
    });
  return next;
}

const unfit = (file: string, locked: boolean): LabError =>
  new LabError({
    kind: 'usage',
    problem: locked ? 'This journal is encrypted already.' : 'This journal is not encrypted.',
    remedy: locked
      ? 'Use `outsample journal rekey` for another passphrase.'
      : 'Use `outsample journal encrypt` to encrypt it.',
    place: { file },
  });

/** The journal’s errors speak of a browser’s history; here it is a file. */
function about(file: string, option: string, error: unknown): never {
  if (!(error instanceof LabError) || error.data.kind !== 'data') throw error;
  const { problem, cause, code } = error.data;
  if (code === 'sealed' || code === 'unfit-passphrase')
    throw new LabError({ ...error.data, place: { file } });
  throw new LabError({
    kind: 'data',
    ...(cause === undefined
      ? { problem, remedy: 'Use the newest Outsample; the file is left as it is.' } // It is too new.
      : {
          problem: `This is no trial ledger of Outsample, or it is damaged: ${sentence(cause)}`,
          remedy: `Name another file with ${option}, or none; this one is left as it is.`,
        }),
    place: { file },
    cause,
  });
}

const sentence = (cause: string): string => (/[.!?]$/.test(cause) ? cause : `${cause}.`);
