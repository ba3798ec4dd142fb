import { textDigest } from '../../../src/domain/digest.ts';
import { LabError } from '../../../src/domain/errors.ts';
import type { LiveAccount, LiveEvent, LiveState } from '../../../src/domain/live/account.ts';
import type { BrokerFill } from '../../../src/domain/live/broker.ts';
import type { KnownIntent } from '../../../src/domain/live/intent.ts';
import type { PaperState } from '../../../src/domain/live/paper.ts';
import { journalSql } from '../../../src/sql/journal/catalogue.ts';
import type { LiveWriting } from '../../../src/wire/journal.ts';
import type { Sqlite, SqliteDatabase } from '../../engines/sqlite.ts';
import { isLiveState } from './live-rows.ts';
import { largest, whole } from './merge.ts';
import { noJournal, openJournal } from './open.ts';

/** Live accounts in the journal. Their rows are this program's own: a journal that is merged brings none. */

export const livesIn = (database: SqliteDatabase): LiveAccount[] =>
  database.rows(journalSql.lives, {}).map(({ account }) => JSON.parse(account) as LiveAccount);

/** Throws a LabError where there is no such account. */
export function liveIn(database: SqliteDatabase, live: string): LiveState {
  const [found] = database.rows(journalSql.liveAccount, { id: live });
  if (found === undefined)
    throw new LabError({
      kind: 'data',
      problem: 'The journal has no such live account.',
      remedy: 'Start it with outsample live.',
      place: { value: live },
    });
  const intents = database.rows(journalSql.liveIntents, { live });
  return {
    account: JSON.parse(found.account) as LiveAccount,
    intents: intents.map(({ intent }) => JSON.parse(intent) as KnownIntent),
    sentAt: new Map(intents.map(({ client, sent_at: sentAt }) => [client, sentAt])),
    fills: database
      .rows(journalSql.liveFills, { live })
      .map(({ facts }) => JSON.parse(facts) as BrokerFill),
    events: database
      .rows(journalSql.liveEvents, { live })
      .map(({ event }) => JSON.parse(event) as LiveEvent),
  };
}

/** The live accounts of another journal's image, which stays as it is. Throws a LabError on one that is no whole journal. */
export function livesOfImage(sqlite: Sqlite, image: Uint8Array): readonly LiveState[] {
  if (image.length > largest) throw noJournal('It is larger than 256 MB.');
  const other = openJournal(sqlite, image);
  try {
    return whole(() => {
      const states = livesIn(other).map(({ id }) => liveIn(other, id));
      const isSound = states.every(
        (state) =>
          isLiveState(state) && textDigest(state.account.study) === state.account.studyDigest,
      );
      if (!isSound) throw noJournal('Some of its rows are damaged.');
      return states;
    });
  } finally {
    other.close();
  }
}

export function writeLive(
  database: SqliteDatabase,
  live: string,
  { intents, fills, event, paper }: LiveWriting,
): void {
  database.run(
    journalSql.writeIntent,
    (intents?.all ?? []).map((intent) => ({
      live,
      client: intent.order.clientId,
      sent_at: intents?.at ?? 0,
      intent: JSON.stringify(intent),
    })),
  );
  database.run(
    journalSql.addFill,
    (fills ?? []).map((fill) => ({ live, fill: fill.id, facts: JSON.stringify(fill) })),
  );
  if (event !== undefined)
    database.run(journalSql.addEvent, [{ live, event: JSON.stringify(event) }]);
  if (paper !== undefined)
    database.run(journalSql.keepPaper, [{ live, state: JSON.stringify(paper) }]);
}

export function paperIn(database: SqliteDatabase, live: string): PaperState | null {
  const [found] = database.rows(journalSql.paperOf, { live });
  return found === undefined ? null : (JSON.parse(found.state) as PaperState);
}
