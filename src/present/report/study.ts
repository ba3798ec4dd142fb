import { at, differences } from '../../domain/study/pointer.ts';
import { type Study, canonicalJson, defaultStudy } from '../../domain/study/study.ts';
import { strategyById } from '../../domain/strategies/registry.ts';
import { html } from './html.ts';
import { type Section, paragraph } from './section.ts';
import { pathText, valueText } from './setting.ts';
import type { Subject } from './subject.ts';
import { tableOf } from './table.ts';

interface SettingRow {
  readonly study: Study;
  readonly path: string;
  readonly value: unknown;
  readonly preset: unknown;
}

export const settingTable = tableOf<SettingRow>('settings', [
  { head: 'Setting', cell: ({ study, path }) => pathText(study, path) },
  { head: 'Value', numeric: true, cell: ({ study, path, value }) => valueText(study, path, value) },
  {
    head: 'Default',
    numeric: true,
    cell: ({ study, path, preset }) => valueText(study, path, preset),
  },
]);

/** What the study sets, and the whole of it. */
export function study({ run: { study: own } }: Subject): Section {
  const defaults = defaultStudy(own.strategy.id);
  const rows = differences(defaults, own)
    .filter(({ path }) => path !== '/name')
    .map(({ path, value }) => ({ study: own, path, value, preset: at(defaults, path) }));
  const title = strategyById(own.strategy.id)?.title ?? own.strategy.id;
  const description = strategyById(own.strategy.id)?.description ?? '';
  return {
    id: 'study',
    title: 'Study',
    content: [
      paragraph(`${title}. ${description}`),
      rows.length === 0
        ? paragraph('Every setting has its default.')
        : settingTable.render(
            'Settings that differ from the strategy’s defaults; all others have them',
            rows,
          ),
      html`<details>
        <summary>The complete study as canonical JSON</summary>
        <pre>${canonicalJson(own)}</pre>
      </details>`,
    ],
  };
}
