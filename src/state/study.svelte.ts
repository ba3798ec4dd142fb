import { errorData } from '../wire/errors.ts';
import { costPresets, presetOf, withCosts } from '../domain/costs-presets.ts';
import type { LabErrorData } from '../domain/errors.ts';
import { strategies } from '../domain/strategies/registry.ts';
import {
  type Study,
  canonicalJson,
  completeStudy,
  defaultStudy,
  sampleStudy,
  titleAt,
  withEverySetting,
} from '../domain/study/study.ts';
import { type Fault, faultOf, isValid } from './fault.ts';
import type { Candidate } from '../domain/search/candidates.ts';
import type { Dimension } from '../domain/study/validation.ts';
import {
  type Field,
  type FieldGroup,
  formOf,
  holds,
  validationGroups,
  withDistances,
} from '../domain/study/form.ts';
import { fieldWord } from '../present/field-words.ts';
import { keepHere, keptHere } from './kept.ts';
import { keptStudy, studyIn } from './kept-study.ts';
import { NotesState } from './notes.svelte.ts';
import { at, differences, isAt, withValue } from '../domain/study/pointer.ts';
import { LeftStudies, searched, sharedEdits, withEdits } from './left-studies.ts';
import { type Step, Steps } from './steps.svelte.ts';

/** What stands in a field that is not valid: the study keeps the last valid value. */
export interface Draft extends Fault {
  readonly value: unknown;
  readonly text: string;
}

/** The settings on screen: always a complete, valid study, plus what is being typed. */
export class StudyState {
  value = $state.raw<Study>(defaultStudy());
  drafts = $state.raw<ReadonlyMap<string, Draft>>(new Map());
  error = $state.raw<LabErrorData | null>(null);
  readonly steps = new Steps();
  /** What became of the settings when more than one was changed at once. */
  said = $state('');

  readonly strategies = strategies.map(({ id, title }) => ({ id, title }));
  readonly strategyId = $derived(this.value.strategy.id);
  readonly presets: Study = $derived(withEverySetting(defaultStudy(this.strategyId)));
  readonly #settings: Study = $derived(withEverySetting(this.value));
  readonly #distances = $derived(this.value.exits.unit);
  readonly #offsets = $derived(this.value.execution.offsetUnit);
  readonly groups: readonly FieldGroup[] = $derived(
    withDistances(formOf(this.strategyId), { exits: this.#distances, offsets: this.#offsets }),
  );
  readonly description = $derived(
    strategies.find(({ id }) => id === this.strategyId)?.description ?? '',
  );
  readonly changes: ReadonlySet<string> = $derived.by(() => {
    const [own, presets] = [this.#settings, this.presets];
    return new Set(
      [...this.groups, ...validationGroups]
        .flatMap(({ fields }) => fields.map(({ path }) => path))
        .concat(searched)
        .filter((path) => !same(at(own, path), at(presets, path))),
    );
  });

  readonly costPresets = costPresets.map(({ id, title }) => ({ id, title }));
  /** The preset whose costs the study has, with its sources; undefined for costs of one’s own. */
  readonly costPreset = $derived(presetOf(this.value));

  /** The study has what goes with the bundled data, as far as the person has not changed it. */
  #sampled = $state(keptHere('sampled') === 'yes');
  /** Settings that stand as the bundled data brought them: theirs, not the person’s. */
  readonly sampleSettings: readonly { readonly path: string; readonly title: string }[] = $derived(
    this.#sampled
      ? differences(this.presets, sampleStudy(this.strategyId))
          .filter(({ path, value }) => same(value, this.get(path)))
          .map(({ path }) => ({ path, title: titleAt(this.value, path) }))
      : [],
  );
  /** Sizes that show more than the cautious defaults, where the person has not chosen any. */
  readonly largerSizes: readonly { readonly path: string; readonly words: string }[] = $derived.by(
    () => {
      const sizes = this.groups
        .flatMap(({ fields }) => fields)
        .filter(({ path }) => isAt(path, '/size'));
      if (sizes.some(({ path }) => this.changes.has(path))) return [];
      return differences(this.presets, withEverySetting(sampleStudy(this.strategyId)))
        .filter(({ path }) => isAt(path, '/size'))
        .map(({ path, value }) => {
          const field = sizes.find((one) => one.path === path);
          const words = field === undefined ? path : `${field.title} ${fieldWord(field, value)}`;
          return { path, words };
        });
    },
  );
  readonly #left = new LeftStudies();

  /** A study of someone else’s, to be looked at: nothing changes it, and nothing is kept. */
  readOnly = $state(false);

  constructor(
    readonly notes = new NotesState(),
    shared: Study | null = null,
  ) {
    if (shared !== null) {
      this.value = shared;
      this.readOnly = true;
      return;
    }
    try {
      this.value = keptStudy() ?? this.value;
      this.#left.arrive(this.value);
    } catch (error) {
      this.error = {
        ...errorData(error),
        remedy:
          'The study kept from the last visit no longer fits this version; the defaults are shown.',
      };
    }
  }

  get(path: string): unknown {
    return at(this.#settings, path);
  }

  preset(path: string): unknown {
    return at(this.presets, path);
  }

  /** A setting without effect at the settings beside it is left out, unless it is to be corrected. */
  shows({ path, when }: Field): boolean {
    return this.drafts.has(path) || when.every((one) => holds(one, this.get(one.path)));
  }

  /**
   * Takes what was typed; what is not valid stays in its field with the reason. Settings that only go together are
   * taken together, as soon as all that is typed is valid.
   */
  set(field: Field, value: unknown, text: string): void {
    if (this.readOnly) return;
    const before = this.value;
    const drafts = new Map(this.drafts);
    drafts.delete(field.path);
    const next = withValue(this.value, field.path, value);
    const fault = faultOf(next, field);
    if (fault === null) {
      this.#accept(completeStudy(next));
    } else {
      drafts.set(field.path, { value, text, ...fault });
    }
    this.drafts = drafts;
    this.#settle();
    this.said = '';
    if (!same(before, this.value)) this.#typed(field, before);
  }

  /** What is typed into one field in a row is one step, and none where it leads back. */
  #typed(field: Field, before: Study): void {
    const last = this.steps.undoable;
    const study = last?.path === field.path ? last.study : before;
    if (study !== before) this.steps.drop();
    if (same(study, this.value)) return;
    const word = (of: Study) => fieldWord(field, at(withEverySetting(of), field.path));
    this.steps.add({
      study,
      sampled: this.#sampled,
      name: `${field.title} ${word(study)} → ${word(this.value)}`,
      path: field.path,
    });
  }

  /** Accepts drafts that have become valid, together or one by one. */
  #settle(): void {
    const typed = [...this.drafts];
    const all = typed.reduce<unknown>(
      (study, [path, { value }]) => withValue(study, path, value),
      this.value,
    );
    if (typed.length > 1 && isValid(all)) {
      this.drafts = new Map();
      this.#accept(completeStudy(all));
      return;
    }
    const ready = typed.find(([path, { value }]) => isValid(withValue(this.value, path, value)));
    if (ready === undefined) return;
    const [path, { value }] = ready;
    this.drafts = new Map(typed.filter(([other]) => other !== path));
    this.#accept(completeStudy(withValue(this.value, path, value)));
    this.#settle();
  }

  reset(field: Field): void {
    this.set(field, this.preset(field.path), '');
  }

  resetAll(): void {
    this.#replace(
      defaultStudy(this.strategyId),
      'all settings to their defaults',
      'All settings are at their defaults.',
    );
    this.#sample(false);
  }

  /** What the search varies; an empty list stands for the strategy’s suggestion. */
  vary(dimensions: readonly Dimension[]): void {
    const study = completeStudy(withValue(this.value, searched, dimensions));
    this.#replace(study, 'what the search varies', '', searched);
  }

  /** Values that a search has tried, in place of the study’s own; false, with `error`, if they do not go with the rest. */
  takeTrial(dimensions: readonly Dimension[], candidate: Candidate): boolean {
    const study = dimensions.reduce<unknown>(
      (made, { path }, i) => withValue(made, path, candidate[i]),
      this.value,
    );
    try {
      const taken = 'The settings of the trial are taken.';
      this.#replace(completeStudy(study), 'settings of a trial', taken);
      return true;
    } catch (error) {
      this.error = errorData(error);
      return false;
    }
  }

  /** What a kind of trader pays, in place of all costs. */
  takeCosts(id: string): void {
    const preset = costPresets.find((one) => one.id === id);
    if (preset === undefined) return;
    const study = completeStudy(withCosts(this.value, preset));
    this.#replace(study, `costs of ${preset.title}`, `Costs: ${preset.title}.`, '/costs');
  }

  /**
   * Another strategy: as it was left, or with its own defaults. Shared settings that the person changed are kept, as far
   * as they go with it.
   */
  choose(strategyId: string): void {
    if (strategyId === this.strategyId) return;
    const left = this.#left.leave(this.value, strategyId);
    const edits = sharedEdits(this.#presetOf(this.strategyId), this.value);
    const next = left ?? withEdits(this.#presetOf(strategyId), edits);
    const words =
      left !== null
        ? 'The strategy is as you left it.'
        : edits.length > 0
          ? 'The settings you changed are kept.'
          : 'The settings are its defaults.';
    const title = (id: string) => this.strategies.find((one) => one.id === id)?.title ?? id;
    this.#replace(next, `${title(this.strategyId)} → ${title(strategyId)}`, words);
  }

  #presetOf(strategyId: string): Study {
    return this.#sampled ? sampleStudy(strategyId) : defaultStudy(strategyId);
  }

  /** The sample's own study, unless the person has changed something already. */
  takeSample(): void {
    if (this.#sampled || this.changes.size > 0 || this.drafts.size > 0) return;
    const sample = sampleStudy(this.strategyId);
    if (!same(sample, this.value))
      this.#replace(
        sample,
        'sizes for the sample',
        'For the sample, positions are larger: at the cautious defaults the curve is nearly flat.',
      );
    this.#sample(true);
  }

  /** Positions that show what the strategy does, in place of the cautious defaults. */
  takeLargerSizes(): void {
    const sample = withEverySetting(sampleStudy(this.strategyId));
    const edits = this.largerSizes.map(({ path }) => ({ path, value: at(sample, path) }));
    this.#replace(withEdits(this.value, edits), 'larger positions', 'Positions are larger.');
  }

  /** The person’s own data begin at the cautious defaults again; what they changed themselves stays. */
  leaveSample(): void {
    if (!this.#sampled) return;
    const paths = this.sampleSettings.map(({ path }) => path);
    if (paths.length > 0)
      this.#toDefault(
        paths,
        'sizes without the sample',
        'What was set for the sample is at its default.',
      );
    this.#sample(false);
  }

  /** One of the settings of the sample goes to its default. */
  dropSampleSetting(path: string): void {
    const title = titleAt(this.value, path);
    this.#toDefault([path], `${title} to its default`, `${title} is at its default.`);
    if (this.sampleSettings.length === 0) this.#sample(false);
  }

  #toDefault(paths: readonly string[], name: string, said: string): void {
    const edits = paths.map((path) => ({ path, value: this.preset(path) }));
    this.#replace(withEdits(this.value, edits), name, said);
  }

  /** Studies that were left on other terms are not come back to. */
  #sample(has: boolean): void {
    if (has === this.#sampled) return;
    this.#sampled = has;
    this.#left.clear();
    keepHere('sampled', has ? 'yes' : '');
  }

  /** The study of an earlier run. */
  reopen(study: Study): void {
    this.#replace(study, `reopening of “${study.name}”`, `“${study.name}” is reopened.`);
    this.#sample(false);
  }

  async load(file: Blob): Promise<void> {
    try {
      const study = await studyIn(file);
      this.#replace(study, `loading of “${study.name}”`, 'The study is loaded.');
      this.#sample(false);
    } catch (error) {
      this.error = errorData(error);
    }
  }

  undo(): void {
    this.#step(this.steps.back({ study: this.value, sampled: this.#sampled }));
  }

  redo(): void {
    this.#step(this.steps.forth({ study: this.value, sampled: this.#sampled }));
  }

  #step(step: Step | null): void {
    if (step === null) return;
    this.drafts = new Map();
    this.said = '';
    this.#accept(step.study);
    this.#sample(step.sampled);
  }

  get json(): string {
    return `${JSON.stringify(this.value, null, 2)}\n`;
  }

  /** Makes a shared study the person’s own; what they had before can be brought back. */
  fork(): void {
    this.readOnly = false;
    let own: Study | null = null;
    try {
      own = keptStudy();
    } catch {
      // It no longer fits this version: there is nothing to bring back.
    }
    this.#accept(this.value);
    if (own === null) return;
    this.steps.add({
      study: own,
      sampled: this.#sampled,
      name: 'fork of the shared run',
      path: null,
    });
    this.said = 'This copy is yours. «Undo» brings your study of before.';
  }

  /** Takes a study in place of the one on screen: `name` is what «Undo» says, `said` what the person reads now. */
  #replace(study: Study, name: string, said: string, path: string | null = null): void {
    if (this.readOnly) return;
    const step = { study: this.value, sampled: this.#sampled, name, path };
    this.drafts = new Map();
    this.#accept(study);
    this.steps.add(step);
    this.said = said;
  }

  #accept(study: Study): void {
    if (this.readOnly) return;
    this.value = study;
    this.#left.arrive(study);
    this.error = null;
    keepHere('study', JSON.stringify(study));
  }
}

const same = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);
