import { LabError } from '../../../src/domain/errors.ts';
import {
  type JournalKey,
  decrypt,
  deriveKey,
  encrypt,
  isOf,
  isOfVersion3,
  isNamed,
  isSealed,
  newSalt,
  saltOf,
} from './sqlcipher.ts';

/**
 * Between the journal and its storage, and nowhere else: what is stored is sealed, what is read is opened. An image
 * is an SQLite file. Without a key it is stored as it is.
 */
export const seal = (image: Uint8Array, key: JournalKey | null): Promise<Uint8Array> =>
  key === null ? Promise.resolve(image) : encrypt(image, key);

/** Throws `locked` where the key is missing, or of another passphrase. */
export async function unseal(stored: Uint8Array, key: JournalKey | null): Promise<Uint8Array> {
  if (!isSealed(stored)) return stored;
  if (key === null || !isOf(stored, key)) throw locked();
  return decrypt(stored, key);
}

/** Opens a sealed file by its passphrase; the key is good for the next of that passphrase too. */
export async function openSealed(
  sealed: Uint8Array,
  passphrase: string,
): Promise<{ readonly key: JournalKey; readonly image: Uint8Array }> {
  if (isNamed(sealed)) throw notSealed();
  const secret = secretOf(passphrase);
  const key = await deriveKey(secret, saltOf(sealed));
  try {
    return { key, image: await decrypt(sealed, key) };
  } catch (error) {
    if (await isOfVersion3(secret, sealed)) throw ofVersion3();
    throw error;
  }
}

export const newKey = (passphrase: string): Promise<JournalKey> =>
  deriveKey(secretOf(passphrase), newSalt());

/** The most bytes of a passphrase in UTF-8. */
const longest = 10_000;
/** What SQLCipher takes for a key as it is. */
const rawKey = /^x'(?:[0-9a-f]{64}|[0-9a-f]{96})'$/i;

/** One text has one form, whichever keyboard wrote it. Nothing is trimmed. */
function secretOf(passphrase: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(passphrase.normalize('NFC'));
  if (bytes.length === 0) throw unusable('is empty');
  if (bytes.length > longest) throw unusable(`is longer than ${longest} bytes`);
  if (bytes.includes(0)) throw unusable('holds a NUL, at which other programs end');
  if (rawKey.test(passphrase))
    throw unusable("has the form of a raw key, x'…', which other programs do not take as text");
  return bytes;
}

const unusable = (why: string): LabError =>
  new LabError({
    kind: 'data',
    code: 'unfit-passphrase',
    problem: `This passphrase ${why}.`,
    remedy: 'Give another one.',
  });

export const locked = (): LabError =>
  new LabError({
    kind: 'data',
    code: 'locked',
    problem: 'The history is locked.',
    remedy:
      'Unlock it with its passphrase in the History tab; what is recorded until then waits for that, and no earlier trial is counted.',
  });

export const notSealed = (): LabError =>
  new LabError({
    kind: 'data',
    code: 'sealed',
    problem: 'This journal is not encrypted: it needs no passphrase.',
    remedy: 'Use it as it is. If you had encrypted it, another file was put in its place.',
  });

const ofVersion3 = (): LabError =>
  new LabError({
    kind: 'data',
    code: 'sealed',
    problem: 'The passphrase is right, but this file is of SQLCipher 3, or older.',
    remedy: 'Bring it to version 4 with `PRAGMA cipher_migrate` in the sqlcipher shell.',
    cause: 'It is of SQLCipher 3.',
  });
