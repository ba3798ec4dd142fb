import { type DifferingSetting, differingSections } from '../domain/study/differing.ts';
import { at } from '../domain/study/pointer.ts';
import { completeStudy, defaultStudy } from '../domain/study/study.ts';
import { settingWord } from './setting-words.ts';

/** A run of the same strategy that was made before. */
interface RunBefore {
  readonly study: unknown;
  /** Made on the same dataset. */
  readonly sameData: boolean;
}

/** Settings that a name says; the others are counted. */
const most = 3;

/**
 * What a run is called by: what differs from the run before of the same strategy, “Entry threshold 2.5, was 2”; in the
 * first, where `before` is null, from the defaults. How a study is put to the test changes no run.
 */
export function runChanges(study: unknown, before: RunBefore | null): string {
  const base = before === null ? defaultsOf(study) : before.study;
  if (base === null) return 'First run';
  const settings = differingSections([asReadNow(base), asReadNow(study)])
    .filter(({ of }) => of !== 'validation')
    .flatMap((section) => section.settings);
  if (settings.length === 0) {
    if (before === null) return 'Defaults';
    return before.sameData ? 'Same as the run before' : 'Same settings, other data';
  }
  const words = settings.slice(0, most).map((one) => changeWord(one, before === null));
  const more = settings.length - words.length;
  return `${words.join('; ')}${more > 0 ? `; ${more} more` : ''}`;
}

function changeWord(setting: DifferingSetting, isFirst: boolean): string {
  const [was, is] = setting.values.map((value) => settingWord(setting, value, new Map()));
  return isFirst ? `${setting.title} ${is}, default ${was}` : `${setting.title} ${is}, was ${was}`;
}

/** Null of a strategy that this version does not know. */
function defaultsOf(study: unknown): unknown {
  try {
    return defaultStudy(String(at(study, '/strategy/id')));
  } catch {
    return null;
  }
}

/** With the defaults of settings that the study’s version did not have; as it is where this version refuses it. */
export function asReadNow(study: unknown): unknown {
  try {
    return completeStudy(study);
  } catch {
    return study;
  }
}
