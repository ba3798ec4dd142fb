import { expect, test } from 'vitest';
import { span } from '../../../src/domain/search/dimensions.ts';
import { defaultStudy, sampleStudy } from '../../../src/domain/study/study.ts';
import { StudyState } from '../../../src/state/study.svelte.ts';

const threshold = span('/strategy/parameters/entryThreshold', 2, 4, 3);
const stop = span('/exits/stop', 1, 2, 2);

test('what a search varies goes with the study; another strategy keeps what it has too', () => {
  const study = new StudyState();
  study.vary([threshold, stop]);
  expect(study.changes.has('/validation/search/parameters')).toBe(true);
  study.choose('moving-average-cross');
  expect(study.value.validation.search.parameters).toEqual([stop]);
});

test('a trial’s values are taken and can be undone; those that do not go together are refused', () => {
  const study = new StudyState();
  const before = study.value;
  expect(study.takeTrial([threshold, stop], [2.5, null])).toBe(true);
  expect([study.get('/strategy/parameters/entryThreshold'), study.get('/exits/stop')]).toEqual([
    2.5,
    null,
  ]);
  study.undo();
  expect(study.value).toEqual(before);
  expect(study.takeTrial([stop], [-1])).toBe(false);
  expect(study.error?.place?.path).toBe('/exits/stop');
  expect(study.value).toEqual(before);
});

test('a setting that a study leaves out is shown at its default, and taken back to it without a trace', () => {
  const study = new StudyState();
  const before = study.value;
  const field = study.groups
    .flatMap(({ fields }) => fields)
    .find(({ path }) => path === '/exits/trailingFrom')!;
  expect([study.get(field.path), study.preset(field.path)]).toEqual(['high', 'high']);
  study.set(field, 'close', 'close');
  expect(study.value.exits.trailingFrom).toBe('close');
  expect(study.changes).toEqual(new Set([field.path]));
  study.reset(field);
  expect(study.value).toEqual(before);
  expect(study.changes.size).toBe(0);
});

const fieldAt = (study: StudyState, path: string) =>
  study.groups.flatMap(({ fields }) => fields).find((field) => field.path === path)!;
const set = (study: StudyState, path: string, value: unknown) =>
  study.set(fieldAt(study, path), value, String(value));

test('settings of the sample stay the sample’s: another strategy has its own, and one’s own data have none', () => {
  const study = new StudyState();
  study.takeSample();
  expect(study.value.size.rule).toBe('atr-risk');
  expect(study.sampleSettings.map(({ path }) => path)).toEqual(['/size/rule']);
  for (const id of ['moving-average-cross', 'rsi-reversion', 'buy-and-hold']) {
    study.choose(id);
    expect(study.value).toEqual(sampleStudy(id));
  }
  study.choose('harvester');
  set(study, '/exits/stop', 1.5);
  study.leaveSample();
  expect([study.value.size.rule, study.value.exits.stop]).toEqual([
    defaultStudy('harvester').size.rule,
    1.5,
  ]);
  study.undo();
  expect(study.sampleSettings).toHaveLength(1);
  study.dropSampleSetting('/size/rule');
  expect(study.sampleSettings).toEqual([]);
  study.choose('buy-and-hold');
  expect(study.value.size).toEqual(defaultStudy('buy-and-hold').size);
});

test('a strategy is come back to as it was left, with what was changed for all since', () => {
  const study = new StudyState();
  set(study, '/strategy/parameters/entryThreshold', 2.5);
  set(study, '/exits/stop', null); // The default of the next strategy.
  study.choose('moving-average-cross');
  set(study, '/costs/slippage', 7);
  study.choose('buy-and-hold');
  expect(study.value.costs.slippage).toBe(7);
  set(study, '/costs/slippage', 8);
  study.choose('harvester');
  expect(study.get('/strategy/parameters/entryThreshold')).toBe(2.5);
  expect([study.value.exits.stop, study.value.costs.slippage]).toEqual([null, 8]);
  study.choose('moving-average-cross');
  expect(study.value.costs.slippage).toBe(8);
});

test('a setting that does not go with the next strategy is left behind', () => {
  const study = new StudyState();
  set(study, '/execution/fill', 'prior-close');
  set(study, '/costs/slippage', 7);
  study.choose('constant-weights');
  expect([study.value.execution.fill, study.value.costs.slippage]).toEqual(['next-open', 7]);
});

test('fifty changes can be undone and redone, each by its name; what is typed in a row is one', () => {
  const study = new StudyState();
  const first = study.value;
  const [entry, exit] = ['/strategy/parameters/entryThreshold', '/exits/stop'];
  for (const typed of [2, 2.7]) set(study, entry, typed);
  set(study, exit, null);
  expect(study.steps.undoable?.name).toBe('Stop 1 × ATR → off');
  study.undo();
  expect(study.steps.undoable?.name).toBe('Entry threshold 3 → 2.7');
  expect(study.steps.redoable?.name).toBe('Stop 1 × ATR → off');
  study.undo();
  expect([study.value, study.steps.undoable]).toEqual([first, null]);
  study.redo();
  study.redo();
  expect([study.get(entry), study.get(exit), study.steps.redoable]).toEqual([2.7, null, null]);

  // Typed back, it was no change; a change after an undo leaves nothing to redo.
  study.undo();
  set(study, entry, 3);
  expect([study.value, study.steps.undoable, study.steps.redoable]).toEqual([first, null, null]);

  for (let i = 0; i < 60; i++) set(study, [entry, exit][i % 2]!, 1 + i / 10);
  let undone = 0;
  for (; study.steps.undoable !== null; undone++) study.undo();
  expect(undone).toBe(50);
  expect(study.get(entry)).toBe(1 + 8 / 10);
});

test('strategy, costs, samples and search are steps too', () => {
  const study = new StudyState();
  const names: (string | undefined)[] = [];
  const act = (change: () => void): void => {
    change();
    names.push(study.steps.undoable?.name);
  };
  act(() => study.takeSample());
  act(() => study.takeCosts('retail-us'));
  act(() => study.vary([threshold, stop]));
  act(() => study.choose('buy-and-hold'));
  act(() => study.resetAll());
  expect(names).toEqual([
    'sizes for the sample',
    'costs of Retail US shares',
    'what the search varies',
    'Harvester → Buy & hold',
    'all settings to their defaults',
  ]);
  for (let i = 0; i < 5; i++) study.undo();
  expect(study.value).toEqual(defaultStudy());
  study.redo();
  expect(study.sampleSettings).toHaveLength(1);
  for (let i = 0; i < 3; i++) study.redo();
  expect([study.strategyId, study.steps.redoable?.name]).toEqual(['buy-and-hold', names.at(-1)]);
});

test('a distance has the unit that the study says: multiples of ATR, or a share', () => {
  const study = new StudyState();
  const unit = () => fieldAt(study, '/exits/stop').unit;
  expect(unit()).toBe('× ATR');
  set(study, '/exits/unit', 'ratio');
  expect(unit()).toBe('ratio');
  set(study, '/exits/stop', 0.05);
  expect(study.steps.undoable?.name).toMatch(/^Stop 100.% → 5.%$/);
  expect(fieldAt(study, '/execution/limitOffset').unit).toBe('× ATR');
});
