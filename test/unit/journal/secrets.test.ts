import { expect, test } from 'vitest';
import { memoryStorage } from '../../../workers/services/journal/storage.ts';
import { journalOn, refusal, said } from './journals.ts';

const name = 'notice:slack';
const secret = 'https://hooks.slack.com/services/T0/B0/abcdefgh';
const holds = (bytes: Uint8Array | undefined): boolean =>
  Buffer.from(bytes ?? []).includes(Buffer.from('abcdefgh'));

test('secrets are kept by an encrypted journal alone, are gone with its passphrase, and are left out of copies', async () => {
  const storage = memoryStorage();
  const journal = journalOn(storage);
  expect(await refusal(journal.keepSecret(name, secret))).toMatchObject({ code: 'not-encrypted' });
  expect(await said(journal.secrets())).toEqual({});

  await said(journal.protect(null, 'a passphrase'));
  await said(journal.keepSecret(name, secret));
  expect(await said(journal.secrets())).toEqual({ [name]: secret });
  expect(holds((await storage.read())?.bytes)).toBe(false);
  const later = journalOn(storage);
  expect(await refusal(later.secrets())).toMatchObject({ code: 'locked' });
  await said(later.unlock('a passphrase'));
  expect(await said(later.secrets())).toEqual({ [name]: secret });

  const copy = journalOn();
  await said(copy.merge(await said(later.image()), 'a passphrase'));
  expect(await said(copy.secrets())).toEqual({});
  expect(holds(await said(copy.image()))).toBe(false);

  await said(later.keepSecret('key:tiingo', 'another'));
  await said(later.keepSecret('key:tiingo', null));
  expect(await said(later.secrets())).toEqual({ [name]: secret });
  await said(later.protect('a passphrase', null));
  expect(await said(later.secrets())).toEqual({});
  expect(holds((await storage.read())?.bytes)).toBe(false); // Not even in its free pages.
});
