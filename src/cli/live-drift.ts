import { tableFile } from '../../workers/services/tables/write.ts';
import { textDigest } from '../domain/digest.ts';
import { LabError } from '../domain/errors.ts';
import type { LiveAccount } from '../domain/live/account.ts';
import { calibratedSlippage, type Drift, driftByDay } from '../domain/live/drift.ts';
import { canonicalJson, completeStudy, type Study } from '../domain/study/study.ts';
import { driftFinding } from '../present/findings/drift.ts';
import { calibrationWords } from '../present/live/drift-words.ts';
import { driftDayColumns, driftTable } from '../present/tables/drift.ts';
import { textOf } from '../present/text-table.ts';
import { unwrap } from '../wire/errors.ts';
import type { JournalService } from '../wire/journal.ts';
import type { LabService } from '../wire/lab.ts';
import { findingText } from './audit-text.ts';
import type { LiveOptions } from './live-arguments.ts';
import { outputFolder } from './outputs.ts';
import { clearProgress, onProgress, print, printJson } from './terminal.ts';

/** Holds the fills of a live account to those that the simulator would have booked, by session and as a finding. */
export async function tellDrift(
  study: Study,
  live: LiveAccount,
  { lab, journal }: { readonly lab: LabService; readonly journal: JournalService },
  options: LiveOptions,
): Promise<void> {
  const write = await outputFolder(options.out, ['drift.csv', 'calibrated.json']);
  const state = unwrap(await journal.live(live.id));
  const drift = unwrap(await lab.liveDrift(study, state, onProgress));
  clearProgress();
  const days = driftByDay(drift);
  const finding = driftFinding(drift);
  await write(() => [
    tableFile('drift', 'csv', driftTable(drift)),
    {
      name: 'calibrated.json',
      content: [`${JSON.stringify(calibrated(study, drift), null, 2)}\n`],
    },
  ]);
  if (options.json) printJson({ drift, days, finding });
  else
    print([
      `${study.name} at ${live.broker} ${live.number}`,
      ...(days.length === 0 ? [] : ['', ...textOf(driftDayColumns, days, days.keys())]),
      ...findingText(finding),
      '',
      calibrationWords(study, drift),
    ]);
}

/** The study with the slippage that the market takes, where its slippage is a number of bps. */
function calibrated(study: Study, drift: Drift): Study {
  const { costs } = study;
  if (costs.slippageModel !== 'bps') return study;
  return completeStudy({
    ...study,
    costs: { ...costs, slippage: calibratedSlippage(costs.slippage, drift) },
  });
}

/** The journal’s account that trades this study at this broker. Throws a LabError where there is none. */
export function tradedIn(lives: readonly LiveAccount[], study: Study, broker: string): LiveAccount {
  const studyDigest = textDigest(canonicalJson(study));
  const live = lives.find((one) => one.studyDigest === studyDigest && one.broker === broker);
  if (live !== undefined) return live;
  throw new LabError({
    kind: 'usage',
    problem: 'The journal does not trade this study at this broker.',
    remedy: 'Name the study, broker and journal that it is traded with.',
    place: { value: broker },
  });
}
