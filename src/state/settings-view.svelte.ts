import type { Field } from '../domain/study/form.ts';
import { keep, kept } from './kept.ts';

export type SettingsLevel = 'basics' | 'all';

/** Of the settings that every strategy has, those that a first look needs. */
const basics: ReadonlySet<string> = new Set([
  '/range/from',
  '/range/to',
  '/execution/fill',
  '/size/rule',
  '/size/fraction',
  '/size/units',
  '/size/risk',
  '/exits/stop',
  '/exits/target',
  '/risk/initialCash',
  '/risk/maximumPositions',
  '/costs/commission',
  '/costs/halfSpread',
  '/costs/slippage',
  '/portfolio/rebalance',
]);

/** How much of the settings is shown: a choice that outlives the visit. */
export class SettingsView {
  level = $state<SettingsLevel>(kept('settings-level') === 'all' ? 'all' : 'basics');

  choose(level: SettingsLevel): void {
    this.level = level;
    keep('settings-level', level === 'all' ? level : '');
  }
}

/** The strategy's first parameters and what everybody needs; groups below them are for a closer look. */
export const isBasic = ({ path }: Field): boolean =>
  basics.has(path) || /^\/strategy\/parameters\/[^/]+$/.test(path);
