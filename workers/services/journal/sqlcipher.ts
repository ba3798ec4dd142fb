import { LabError } from '../../../src/domain/errors.ts';

/**
 * SQLCipher 4's page format by WebCrypto (https://www.zetetic.net/sqlcipher/design): an SQLite file in pages of 4096 bytes,
 * each of which is AES-256-CBC ciphertext, its IV, and the HMAC-SHA512 of both and of the page's number. The salt stands in
 * place of the first 16 bytes. Every parameter is fixed here; none is read from a file.
 */
export const page = 4096;
export const reserve = 80;
const block = 16;
const body = page - reserve;
const saltLength = 16;
const rounds = 256_000;

/** What a passphrase becomes for one file. No key can be exported again. */
export interface JournalKey {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly cipher: CryptoKey;
  readonly mac: CryptoKey;
}

export const newSalt = (): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(saltLength));
export const saltOf = (sealed: Uint8Array): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(sealed.subarray(0, saltLength));
/** Whether a sealed file is of this key; its salt is new with each passphrase. */
export const isOf = (sealed: Uint8Array, { salt }: JournalKey): boolean =>
  salt.every((byte, i) => sealed[i] === byte);

/** `secret` is a passphrase as SQLCipher takes it: UTF-8. Two rounds more make the key of the HMAC. */
export async function deriveKey(
  secret: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
): Promise<JournalKey> {
  const derived = await pbkdf2(secret, salt, rounds, 'SHA-512');
  const forMac = await pbkdf2(
    derived,
    salt.map((byte) => byte ^ 0x3a),
    2,
    'SHA-512',
  );
  const [cipher, mac] = await Promise.all([
    crypto.subtle.importKey('raw', derived, 'AES-CBC', false, ['encrypt', 'decrypt']),
    macKey(forMac, 'SHA-512'),
  ]);
  derived.fill(0);
  forMac.fill(0);
  return { salt, cipher, mac };
}

/** Of an image whose pages have 4096 bytes and leave the last 80 free. */
export async function encrypt(
  image: Uint8Array,
  { salt, cipher, mac }: JournalKey,
): Promise<Uint8Array<ArrayBuffer>> {
  const sealed = new Uint8Array(image.length);
  sealed.set(salt);
  await forEachPage(image.length / page, async (i) => {
    const from = i === 0 ? saltLength : 0;
    const out = sealed.subarray(i * page, (i + 1) * page);
    const iv = crypto.getRandomValues(out.subarray(body, body + block));
    const plain = Uint8Array.from(image.subarray(i * page + from, i * page + body));
    const padded = await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, cipher, plain);
    out.set(new Uint8Array(padded, 0, body - from), from); // Without the block of padding.
    out.set(
      new Uint8Array(await crypto.subtle.sign('HMAC', mac, signed(out, from, i + 1))),
      body + block,
    );
  });
  return sealed;
}

/**
 * The SQLite file, its free bytes zero. Each way in which a file can be wrong has its own LabError of kind 'data'. A wrong
 * passphrase and a damaged first page cannot be told apart.
 */
export async function decrypt(
  sealed: Uint8Array,
  { cipher, mac }: JournalKey,
): Promise<Uint8Array<ArrayBuffer>> {
  const pages = Math.floor(sealed.length / page);
  const holds = (i: number, as: number): Promise<boolean> =>
    pageHolds(sealed.subarray(i * page, (i + 1) * page), as, mac);
  if (pages === 0 || !(await holds(0, 1))) throw notOpened();
  if (sealed.length % page !== 0) throw cutInPage(sealed.length);
  const image = new Uint8Array(sealed.length);
  const wrong: number[] = [];
  await forEachPage(pages, async (i) => {
    if (i > 0 && !(await holds(i, i + 1))) return void wrong.push(i);
    const from = i === 0 ? saltLength : 0;
    const found = Uint8Array.from(sealed.subarray(i * page, (i + 1) * page));
    const iv = found.subarray(body, body + block);
    // WebCrypto wants padding: a block of it that follows the last one.
    const last = found.subarray(body - block, body);
    const padding = await crypto.subtle.encrypt(
      { name: 'AES-CBC', iv: last },
      cipher,
      new Uint8Array(),
    );
    const padded = new Uint8Array(body - from + block);
    padded.set(found.subarray(from, body));
    padded.set(new Uint8Array(padding), body - from);
    const plain = await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, cipher, padded);
    image.set(new Uint8Array(plain), i * page + from);
  });
  image.set(magic);
  const counted = pagesOf(image);
  const first = wrong.sort((a, b) => a - b)[0];
  if (first !== undefined) {
    if (counted !== pages) throw lacking(counted, pages);
    for (let other = 1; other <= pages; other++)
      if (await holds(first, other)) throw moved(other, first + 1);
    throw damaged(first + 1);
  }
  if (counted !== pages) throw lacking(counted, pages);
  if (!isReady(image)) throw otherSettings();
  return image;
}

function pageHolds(found: Uint8Array, number: number, mac: CryptoKey): Promise<boolean> {
  const from = number === 1 ? saltLength : 0;
  const expected = Uint8Array.from(found.subarray(body + block));
  return crypto.subtle.verify('HMAC', mac, expected, signed(found, from, number));
}

/** Ciphertext, IV and the page's number, little-endian. */
function signed(found: Uint8Array, from: number, number: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(body + block - from + 4);
  bytes.set(found.subarray(from, body + block));
  new DataView(bytes.buffer).setUint32(bytes.length - 4, number, true);
  return bytes;
}

/** So many at once keep WebCrypto's threads busy and their answers few. */
const together = 64;
async function forEachPage(pages: number, work: (i: number) => Promise<void>): Promise<void> {
  for (let start = 0; start < pages; start += together) {
    const some = Array.from({ length: Math.min(together, pages - start) }, (_, i) => start + i);
    await Promise.all(some.map(work));
  }
}

/** Whether it is a file of SQLCipher 3 under this passphrase: other pages, rounds and hashes. */
export async function isOfVersion3(
  secret: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array,
): Promise<boolean> {
  const [length, free, hash] = [1024, 48, 20];
  if (sealed.length < length || sealed.length % length !== 0) return false;
  const salt = saltOf(sealed);
  const derived = await pbkdf2(secret, salt, 64_000, 'SHA-1');
  const mac = await macKey(
    await pbkdf2(
      derived,
      salt.map((byte) => byte ^ 0x3a),
      2,
      'SHA-1',
    ),
    'SHA-1',
  );
  const end = length - free + block;
  const content = Uint8Array.from([...sealed.subarray(saltLength, end), 1, 0, 0, 0]);
  return crypto.subtle.verify(
    'HMAC',
    mac,
    Uint8Array.from(sealed.subarray(end, end + hash)),
    content,
  );
}

async function pbkdf2(
  secret: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
  hash: 'SHA-512' | 'SHA-1',
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits']);
  const derived = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', salt, iterations, hash },
    key,
    256,
  );
  return new Uint8Array(derived);
}

const macKey = (bytes: Uint8Array<ArrayBuffer>, hash: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign', 'verify']);

export const magic = new TextEncoder().encode('SQLite format 3\0');
const pagesOf = (image: Uint8Array): number =>
  new DataView(image.buffer, image.byteOffset).getUint32(28);

/** Whether an image can be encrypted as it is. */
export const isReady = (image: Uint8Array): boolean =>
  new DataView(image.buffer, image.byteOffset).getUint16(16) === page && image[20] === reserve;

/** Whether it begins as a plain SQLite file does. */
export const isNamed = (file: Uint8Array): boolean => magic.every((byte, i) => file[i] === byte);

/**
 * By what encryption leaves of SQLite’s header, nothing: neither its name nor the constants at 21, which damage to the
 * name alone would leave. Pages have a multiple of 1024 bytes, also SQLCipher 3’s.
 */
export const isSealed = (file: Uint8Array): boolean =>
  file.length % 1024 === 0 &&
  file.length > 0 &&
  !isNamed(file) &&
  [64, 32, 32].some((byte, i) => file[21 + i] !== byte);

const refused = (problem: string, remedy: string): LabError =>
  new LabError({ kind: 'data', code: 'sealed', problem, remedy, cause: problem });

const notOpened = (): LabError =>
  refused(
    'This passphrase does not open the journal.',
    'Type it again. If it is right, the first page of the file is damaged, or it was not written with SQLCipher 4’s own settings: neither can be told from a wrong passphrase.',
  );
const cutInPage = (length: number): LabError =>
  refused(
    `The passphrase is right, but the file is cut off inside a page: it has ${length} bytes, and ${page} make a page.`,
    'Take another copy of the file.',
  );
const lacking = (counted: number, pages: number): LabError =>
  refused(
    `The passphrase is right, but the file has ${pages} pages where ${counted} belong to it.`,
    'Take another copy of the file.',
  );
const otherSettings = (): LabError =>
  refused(
    'The passphrase is right, but the file was not written with SQLCipher 4’s own settings.',
    'Write it anew with pages of 4096 bytes, 80 of them reserved.',
  );
const moved = (other: number, place: number): LabError =>
  refused(
    `The passphrase is right, but page ${other} stands in the place of page ${place}: somebody has moved pages.`,
    'Take another copy of the file, and ask who has changed this one.',
  );
const damaged = (place: number): LabError =>
  refused(
    `The passphrase is right, but page ${place} is damaged or was changed without it.`,
    'Take another copy of the file.',
  );
