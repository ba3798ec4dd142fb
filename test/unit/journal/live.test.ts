import { expect, test } from 'vitest';
import { textDigest } from '../../../src/domain/digest.ts';
import type { LiveAccount } from '../../../src/domain/live/account.ts';
import type { BrokerFill } from '../../../src/domain/live/broker.ts';
import { noPaper } from '../../../src/domain/live/paper.ts';
import { memoryStorage } from '../../../workers/services/journal/storage.ts';
import { journalBook, journalPaper } from '../../../workers/services/live/journal-book.ts';
import { account } from '../../property/live-worlds.ts';
import { intent } from '../domain/live/intents.ts';
import { journalOn, refusal, said } from './journals.ts';

const live: LiveAccount = { ...account, id: 'live', equity: 1000 };
const fill: BrokerFill = {
  id: 'f1',
  clientId: 'b',
  brokerId: 'x',
  symbol: 'ABC',
  side: 'buy',
  quantity: 3,
  price: 0.1 + 0.2,
  commission: null,
  at: 12,
};

test('a live account is there for another process: intents in their order with their newest state, fills once, events', async () => {
  const storage = memoryStorage();
  const first = journalOn(storage);
  await said(first.beginLive(live));
  await said(first.beginLive({ ...live, equity: 5 }));
  const book = journalBook(first, 'live');
  await book.write([intent('b', 'sending'), intent('a', 'sending')], 11);
  await book.write([intent('b', 'filled')], 99);
  await book.write([intent('c', 'held')], 12);
  await book.write([intent('c', 'sending')], 70);
  await book.write([intent('c', 'accepted')], 71);
  await book.fill([fill]);
  await book.fill([fill, { ...fill, id: 'f0' }]);
  await book.note({ at: 13, kind: 'halted', text: 'Enough.', facts: { equity: 1 } });

  const state = await journalBook(journalOn(storage), 'live').load();
  expect(state.account).toEqual(live);
  expect(state.intents).toEqual([
    intent('b', 'filled'),
    intent('a', 'sending'),
    intent('c', 'accepted'),
  ]);
  expect([...state.sentAt]).toEqual([
    ['b', 11],
    ['a', 11],
    ['c', 70],
  ]);
  expect(state.fills).toEqual([fill, { ...fill, id: 'f0' }]);
  expect(state.events).toEqual([{ at: 13, kind: 'halted', text: 'Enough.', facts: { equity: 1 } }]);
  expect(await said(journalOn(storage).lives())).toEqual([live]);
});

test('another journal’s accounts are read and not kept; one whose rows are not what they should be is refused', async () => {
  const study = '{}';
  const sound = { ...live, study, studyDigest: textDigest(study) };
  const imageOf = async (account: LiveAccount, filled: object): Promise<Uint8Array> => {
    const other = journalOn(memoryStorage());
    await said(other.beginLive(account));
    const book = journalBook(other, 'live');
    await book.write([intent('b', 'filled')], 11);
    await book.fill([{ ...fill, ...filled }]);
    return said(other.image());
  };
  const journal = journalOn(memoryStorage());
  const [state] = await said(journal.livesOf(await imageOf(sound, {})));
  expect(state).toMatchObject({ account: sound, intents: [{ state: 'filled' }], fills: [fill] });
  expect(await said(journal.lives())).toEqual([]);
  for (const image of [
    await imageOf(sound, { price: '0.3' }),
    await imageOf({ ...sound, study: '{"name":"other"}' }, {}),
    new Uint8Array(100),
  ])
    expect(await refusal(journal.livesOf(image))).toMatchObject({ kind: 'data' });
});

test('the paper account is kept beside it; accounts that are not there are named', async () => {
  const storage = memoryStorage();
  const journal = journalOn(storage);
  await said(journal.beginLive(live));
  const paper = journalPaper(journal, 'live');
  expect(await paper.load()).toEqual(noPaper);
  await paper.save({ ...noPaper, through: 7 });
  expect(await journalPaper(journalOn(storage), 'live').load()).toEqual({ ...noPaper, through: 7 });
  expect(await refusal(journal.live('other'))).toMatchObject({ place: { value: 'other' } });
});
