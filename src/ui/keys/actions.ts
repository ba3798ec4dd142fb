import { type RunFile, runTables } from '../../domain/run.ts';
import { tableFormats } from '../../domain/table-format.ts';
import { type ShortcutId, shortcuts, tabKeys } from '../../present/shortcuts.ts';
import { aside } from '../../state/aside.svelte.ts';
import { rangeWords } from '../../present/timeline/ranges.ts';
import { tableFormatWords } from '../../present/words.ts';
import { viewOf } from '../../state/chart-view.svelte.ts';
import type { DatasetState } from '../../state/dataset.svelte.ts';
import type { RunState } from '../../state/run.svelte.ts';
import { samples } from '../../state/samples.ts';
import type { ShareState } from '../../state/share.svelte.ts';
import type { StudyState } from '../../state/study.svelte.ts';
import type { ThemeState } from '../../state/theme.svelte.ts';
import { sessionsOfTrade } from '../chart/symbol-trades.ts';
import { download, downloadPieces } from '../download.ts';
import { findSetting, goToSetting, goToTitle } from './go-to.ts';

/** What the page can be asked for. */
export interface Page {
  /** The keyboard has ⌘ in place of Ctrl. */
  readonly isApple: boolean;
  readonly theme: ThemeState;
  readonly dataset: DatasetState;
  readonly study: StudyState;
  readonly run: RunState;
  readonly share: () => Promise<ShareState>;
  readonly show: (tab: string) => void;
  readonly start: () => void;
  readonly stop: () => void;
  readonly runSample: () => void;
  readonly pick: (adding?: boolean) => void;
  readonly openDataset: () => void;
  readonly settings: boolean;
  readonly showSettings: (shown: boolean) => void;
}

export interface Action {
  readonly group: string;
  readonly title: string;
  /** Which shortcut does the same. */
  readonly shortcut?: ShortcutId;
  readonly act: () => void;
}

/** Shows a trade further on or back in the charts. */
function walk({ run, show }: Page, by: 1 | -1): void {
  const { result } = run;
  if (result === null || result.trades.length === 0) return;
  const view = viewOf(result);
  const next = view.trade === null ? 0 : view.trade + by;
  const trade = Math.min(Math.max(next, 0), result.trades.length - 1);
  show('overview');
  view.lookAt(trade, ...sessionsOfTrade(result, trade));
}

function lookForSetting(page: Page): void {
  page.showSettings(true);
  void findSetting();
}

async function copyLink({ run, share, show }: Page): Promise<void> {
  const { result } = run;
  if (result === null) return;
  show('share');
  const state = await share();
  await state.prepare(result);
  if (state.url !== null) await navigator.clipboard.writeText(state.url);
}

async function save({ run }: Page, name: RunFile): Promise<void> {
  const file = await run.exported(name);
  if (file !== null) await downloadPieces(file.name, file.type, file.content);
}

/** What shortcuts do, but for those that the palette and the sheet of keys are opened with. */
export const actsOf = (
  page: Page,
): Readonly<Record<Exclude<ShortcutId, 'palette' | 'help'>, () => void>> => ({
  run: page.start,
  stop: page.stop,
  undo: () => page.study.undo(),
  redo: () => page.study.redo(),
  settings: () => page.showSettings(!page.settings),
  find: () => lookForSetting(page),
  dataset: page.openDataset,
  later: () => walk(page, 1),
  earlier: () => walk(page, -1),
  ...(Object.fromEntries(tabKeys.map(({ id }) => [id, () => page.show(id)])) as Record<
    (typeof tabKeys)[number]['id'],
    () => void
  >),
});

const titleOf = (id: ShortcutId): string => shortcuts.find((one) => one.id === id)!.title;

/** Everything that can be done from where the page stands. */
export function actionsOf(page: Page): readonly Action[] {
  const { theme, dataset, study, run } = page;
  const { result } = run;
  const acts = actsOf(page);
  const keyed = (group: string, id: keyof typeof acts, title = titleOf(id)): Action => ({
    ...{ group, title },
    shortcut: id,
    act: acts[id],
  });
  const view = result && viewOf(result);
  const trades = (result?.trades.length ?? 0) > 0;
  return [
    ...(dataset.summary === null ? [] : [keyed('Run', 'run', 'Run the study')]),
    ...(study.readOnly ? [] : [{ group: 'Run', title: 'Run the sample', act: page.runSample }]),
    keyed('Run', 'stop', 'Stop what is under way'),
    ...tabKeys.map(({ id }) => keyed('Go to', id)),
    keyed('Data', 'dataset', 'Dataset and what is known of it'),
    { group: 'Data', title: 'Open files…', act: () => page.pick() },
    ...(dataset.summary === null
      ? []
      : [{ group: 'Data', title: 'Add files…', act: () => page.pick(true) }]),
    ...samples.map((sample) => ({
      group: 'Data',
      title: `Use the sample ${sample.title}`,
      act: () => void dataset.useSample(sample),
    })),
    ...(study.readOnly
      ? []
      : study.strategies.map(({ id, title }) => ({
          group: 'Strategy',
          title: `Strategy: ${title}`,
          act: () => study.choose(id),
        }))),
    ...(trades ? [keyed('Charts', 'later'), keyed('Charts', 'earlier')] : []),
    ...(view === null
      ? []
      : view.ranges.map((range) => ({
          group: 'Charts',
          title: `Charts show ${rangeWords[range]} (${range})`,
          act: () => {
            page.show('overview');
            view.choose(range);
          },
        }))),
    ...(result === null
      ? []
      : [
          {
            group: 'Share and save',
            title: 'Copy the link to this run',
            act: () => void copyLink(page),
          },
          {
            group: 'Share and save',
            title: 'Report: one file to read, print and keep',
            act: () => {
              page.show('share');
              void goToTitle('report-title');
            },
          },
          ...tableFormats.flatMap((format) =>
            runTables.map((table) => ({
              group: 'Share and save',
              title: `Save ${table} as ${tableFormatWords[format]}`,
              act: () => void save(page, `${table}.${format}`),
            })),
          ),
        ]),
    {
      group: 'Share and save',
      title: 'Save the study',
      act: () => download('study.json', 'application/json', [study.json]),
    },
    ...(study.steps.undoable === null
      ? []
      : [keyed('Strategy', 'undo', `Undo: ${study.steps.undoable.name}`)]),
    ...(study.steps.redoable === null
      ? []
      : [keyed('Strategy', 'redo', `Redo: ${study.steps.redoable.name}`)]),
    keyed('Page', 'settings'),
    keyed('Page', 'find'),
    { group: 'Page', title: 'Log, and what a bug report needs', act: () => (aside.shown = 'log') },
    {
      group: 'Page',
      title: 'About Outsample, and the licences of its parts',
      act: () => (aside.shown = 'about'),
    },
    ...theme.all.map((one) => ({
      group: 'Page',
      title: `Theme: ${one === 'auto' ? 'as the system has it' : one}`,
      act: () => theme.choose(one),
    })),
    ...theme.pairs.map((pair) => ({
      group: 'Page',
      title: `Gains and losses: ${pair.replace('-', ' and ')}`,
      act: () => theme.paint(pair),
    })),
    ...study.groups.flatMap((group) =>
      group.fields
        .filter((field) => study.shows(field))
        .map((field) => ({
          group: `Setting: ${group.title}`,
          title: field.title,
          act: () => {
            page.showSettings(true);
            void goToSetting(field);
          },
        })),
    ),
  ];
}
