import { LabError } from '../domain/errors.ts';
import type { LiveAccount } from '../domain/live/account.ts';
import type { Broker, BrokerAccount } from '../domain/live/broker.ts';
import { heldBy } from '../domain/live/fills.ts';
import { clientIdOf } from '../domain/live/intent.ts';
import type { LiveKnown } from '../domain/live/known.ts';
import { openOnes } from '../domain/live/plan.ts';
import { knownAt } from '../domain/live/times.ts';
import { canonicalJson, type Study } from '../domain/study/study.ts';
import { textDigest } from '../domain/digest.ts';
import { engineVersion } from '../domain/version.ts';
import { findingsOn } from '../present/findings/all.ts';
import { verdictOf } from '../present/findings/verdict.ts';
import { unwrap } from '../wire/errors.ts';
import type { JournalService } from '../wire/journal.ts';
import type { LabService } from '../wire/lab.ts';
import { examine } from './audit.ts';
import type { LiveOptions } from './live-arguments.ts';
import type { OpenLedger } from './ledger.ts';
import { askPlain, clearProgress, onProgress, say } from './terminal.ts';

/** What a live account is begun with. */
export interface Starting {
  readonly study: Study;
  readonly lab: LabService;
  readonly journal: JournalService;
  readonly ledger: OpenLedger;
  readonly broker: Pick<Broker, 'id' | 'isReal'>;
  readonly account: BrokerAccount;
  readonly options: LiveOptions;
}

/** Real money is confirmed by the number of its account, typed by the person. */
export async function confirm(
  { isReal, id }: Pick<Broker, 'isReal' | 'id'>,
  { number }: BrokerAccount,
  { account, send }: Pick<LiveOptions, 'account' | 'send'>,
): Promise<void> {
  if (!isReal || send !== true) return;
  const typed =
    account ??
    (await askPlain(`Orders move real money at ${id}. Type the number of the account to go on`));
  if (typed.trim() === number) return;
  throw new LabError({
    kind: 'usage',
    problem: 'This is not the number of the account; nothing was sent.',
    remedy: 'Type it as the broker shows it, or leave --real out.',
    place: { value: typed },
  });
}

/**
 * The live account of this study at this broker: the one in the journal, or a new one, for which the study is backtested and
 * examined first. Throws a LabError where it did not pass and nobody says why it trades all the same, and where the journal's account
 * traded something else.
 */
export async function liveAccountFor(starting: Starting): Promise<LiveAccount> {
  const { study, lab, journal, broker, account, options } = starting;
  const newest = unwrap(await lab.known(study, null, null, onProgress));
  clearProgress();
  const studyDigest = textDigest(canonicalJson(study));
  const lives = unwrap(await journal.lives()).filter(
    (one) => one.broker === broker.id && one.number === account.number,
  );
  const same = lives.find((one) => one.studyDigest === studyDigest);
  if (same !== undefined) {
    if (same.signalsDigest !== newest.signalsDigest || same.engine !== engineVersion)
      throw changed(same);
    return same;
  }
  for (const other of lives) await refuseBusy(other, journal);
  const unproven = await provenBy(starting, options.unproven ?? null);
  const begun = begin(starting, studyDigest, newest, unproven);
  unwrap(await journal.beginLive(begun));
  const at = Math.floor(Date.now() / 1000);
  const text = `Began to trade “${study.name}” at ${broker.id}.`;
  unwrap(
    await journal.writeLive(begun.id, {
      event: { at, kind: 'started', text, facts: { equity: begun.equity } },
    }),
  );
  return begun;
}

function begin(
  { study, broker, account }: Starting,
  studyDigest: string,
  { known, signalsDigest }: LiveKnown,
  unproven: string | null,
): LiveAccount {
  const startedAt = knownAt(known.steps, known.steps.day.length - 1);
  return {
    id: clientIdOf(studyDigest, broker.id, account.number, startedAt),
    study: canonicalJson(study),
    studyDigest,
    signalsDigest,
    engine: engineVersion,
    broker: broker.id,
    number: account.number,
    isReal: broker.isReal,
    startedAt,
    equity: account.equity,
    unproven,
  };
}

/** null where the study was examined and passed. */
async function provenBy(
  { study, lab, ledger }: Starting,
  why: string | null,
): Promise<string | null> {
  if (why !== null) return why;
  say('Examining the study before it trades, as audit does.');
  const result = unwrap(await lab.run(study, onProgress));
  const examined = await examine(lab, result, ledger, false);
  clearProgress();
  const { level, sentence } = verdictOf(findingsOn(result, examined, false));
  if (level !== 'red') return null;
  throw new LabError({
    kind: 'study',
    problem: `The study did not pass: ${sentence}`,
    remedy: 'See outsample audit. To trade it all the same, say why with --unproven.',
  });
}

async function refuseBusy(other: LiveAccount, journal: JournalService): Promise<void> {
  const { intents, fills } = unwrap(await journal.live(other.id));
  if (heldBy(fills).size === 0 && openOnes(intents).length === 0) return;
  throw new LabError({
    kind: 'usage',
    problem:
      'Another study is traded at this account by this journal, and has positions or orders.',
    remedy: 'End it with outsample halt --flatten, or use an account of its own.',
  });
}

const changed = ({ engine }: LiveAccount): LabError =>
  new LabError({
    kind: 'study',
    problem: `What makes the study’s signals is no longer what it was when it began to trade (engine ${engine}).`,
    remedy:
      'Use the version that it began with, or end it with outsample halt --flatten and begin anew.',
  });
