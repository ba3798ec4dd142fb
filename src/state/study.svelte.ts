import { errorData } from '../client/contract.ts';
import { LabError, type LabErrorData } from '../domain/errors.ts';
import { strategies } from '../domain/strategies/registry.ts';
import {
  type Study,
  canonicalJson,
  completeStudy,
  defaultStudy,
  sampleStudy,
} from '../domain/study/study.ts';
import { type Field, type FieldGroup, formOf } from './form.ts';
import { keep, kept } from './kept.ts';
import { at, differences, isAt, withValue } from './pointer.ts';

export type { Study } from '../domain/study/study.ts';
export type { Field, FieldGroup } from './form.ts';

/** What stands in a field that is not valid: the study keeps the last valid value. */
interface Draft {
  readonly text: string;
  readonly problem: string;
}

const largestFile = 1_000_000;

/** The settings on screen: always a complete, valid study, plus what is being typed. */
export class StudyState {
  value = $state.raw<Study>(defaultStudy());
  drafts = $state.raw<ReadonlyMap<string, Draft>>(new Map());
  error = $state.raw<LabErrorData | null>(null);
  /** What «Undo» would bring back, and what it would undo. */
  undoable = $state.raw<{ readonly study: Study; readonly what: string } | null>(null);

  readonly strategies = strategies.map(({ id, title }) => ({ id, title }));
  readonly strategyId = $derived(this.value.strategy.id);
  readonly presets: Study = $derived(defaultStudy(this.strategyId));
  readonly groups: readonly FieldGroup[] = $derived(formOf(this.strategyId));
  readonly description = $derived(
    strategies.find(({ id }) => id === this.strategyId)?.description ?? '',
  );
  readonly changes: ReadonlySet<string> = $derived(
    new Set(
      this.groups
        .flatMap(({ fields }) => fields)
        .map(({ path }) => path)
        .filter((path) => !same(at(this.value, path), at(this.presets, path))),
    ),
  );

  constructor() {
    const text = kept('study');
    if (text === null) return;
    try {
      this.value = completeStudy(JSON.parse(text));
    } catch (error) {
      this.error = {
        ...errorData(error),
        remedy:
          'The study kept from the last visit no longer fits this version; the defaults are shown.',
      };
    }
  }

  get(path: string): unknown {
    return at(this.value, path);
  }

  preset(path: string): unknown {
    return at(this.presets, path);
  }

  /** Takes what was typed; what is not valid stays in its field with the reason. */
  set(field: Field, value: unknown, text: string): void {
    const drafts = new Map(this.drafts);
    const next = withValue(this.value, field.path, value);
    const problem = problemOf(next, field);
    if (problem === null) {
      drafts.delete(field.path);
      this.#accept(next as Study);
    } else {
      drafts.set(field.path, { text, problem });
    }
    this.drafts = drafts;
    this.undoable = null;
  }

  reset(field: Field): void {
    this.set(field, this.preset(field.path), '');
  }

  resetAll(): void {
    this.#replace(defaultStudy(this.strategyId), 'All settings are at their defaults.');
  }

  /** Another strategy with its own defaults; shared settings that the person changed are kept. */
  choose(strategyId: string): void {
    const shared = differences(this.presets, this.value).filter(
      ({ path }) => !isAt(path, '/strategy') && path !== '/name',
    );
    const preset: unknown = defaultStudy(strategyId);
    const study = shared.reduce((study, { path, value }) => withValue(study, path, value), preset);
    this.#replace(
      completeStudy(study),
      shared.length > 0 ? 'The settings you changed are kept.' : 'The settings are its defaults.',
    );
  }

  /** The sample's own study, unless the person has changed something already. */
  takeSample(): void {
    if (this.changes.size > 0 || this.drafts.size > 0) return;
    const sample = sampleStudy(this.strategyId);
    if (same(sample, this.value)) return;
    this.#replace(
      sample,
      'For the sample, size follows the stop’s distance: at the cautious defaults the curve is nearly flat.',
    );
  }

  async load(file: Blob): Promise<void> {
    try {
      if (file.size > largestFile) throw notAStudy('The file is larger than 1 MB.');
      this.#replace(completeStudy(parsed(await file.text())), 'The study is loaded.');
    } catch (error) {
      this.error = errorData(error);
    }
  }

  undo(): void {
    if (this.undoable === null) return;
    this.drafts = new Map();
    this.#accept(this.undoable.study);
    this.undoable = null;
  }

  get json(): string {
    return `${JSON.stringify(this.value, null, 2)}\n`;
  }

  #replace(study: Study, what: string): void {
    this.undoable = { study: this.value, what };
    this.drafts = new Map();
    this.error = null;
    this.#accept(study);
  }

  #accept(study: Study): void {
    this.value = study;
    keep('study', JSON.stringify(study));
  }
}

function problemOf(study: unknown, { path, kind }: Field): string | null {
  try {
    completeStudy(study);
    return null;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    const { problem, place } = error.data;
    if (!isAt(place?.path ?? '', path)) return problem;
    return problem.replace(' or null', kind === 'date' ? ', or empty' : '');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notAStudy('The file is not JSON.');
  }
}

const notAStudy = (problem: string) =>
  new LabError({ kind: 'study', problem, remedy: 'Choose a study that was downloaded here.' });

const same = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);
