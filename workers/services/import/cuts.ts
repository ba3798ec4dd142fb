import { importSql } from '../../../src/sql/import/catalogue.ts';
import { reading } from '../../../src/sql/query.ts';
import type { Engine } from '../../engines/engine.ts';
import { ask } from '../ask.ts';
import type { Break } from './breaks.ts';
import type { Day } from '../../../src/domain/units.ts';

/** Where one company's bars end and another's begin under the same symbol. */
export interface SymbolCut {
  readonly sym: number;
  readonly lastDay: Day;
  readonly firstDay: Day;
  /** The second company's values begin here: at its spell's first day, or at its first bar. */
  readonly from: Day;
  readonly told: boolean;
}

const universeSpells = reading(
  'SELECT sym, from_day AS "from", to_day AS "to" FROM next_universe ORDER BY sym, from_day',
  { sym: 'integer', from: 'integer', to: 'integer' },
);
const sessionDays = reading('SELECT DISTINCT day FROM next_bars', { day: 'integer' });

/** Calendar days without bars that tell two companies apart: with the universe's word for it, and without. */
const [toldGap, untoldGap] = [30, 180];
/** How far a spell may end before, or begin after, the bars that it is about. */
const edge = 7;

/** The cuts of all symbols, each symbol's in the order of dates. */
export async function findCuts(
  engine: Engine,
  breaks: readonly Break[],
  signal?: AbortSignal,
): Promise<SymbolCut[]> {
  const gaps = breaks.filter(({ day, dayBefore }) => day - dayBefore > toldGap);
  if (gaps.length === 0) return [];
  const spells = await ask(engine, universeSpells, {}, signal);
  const spellsOf = bySymbol(spells);
  const told = gaps.flatMap(({ sym, dayBefore, day }): SymbolCut[] => {
    const own = spellsOf.get(sym) ?? [];
    const next = own.find(({ from }) => from > dayBefore && from <= day + edge);
    const ended = own.some(
      ({ to }) => to > dayBefore - edge && to <= day && to <= (next?.from ?? 0),
    );
    if (next === undefined || !ended) return [];
    return [{ sym, lastDay: dayBefore, firstDay: day, from: Math.min(next.from, day), told: true }];
  });
  const long = gaps.filter(
    ({ sym, day, dayBefore }) => !spellsOf.has(sym) && day - dayBefore > untoldGap,
  );
  const untold = await crossed(engine, long, signal);
  return [
    ...told,
    ...untold.map(({ sym, dayBefore, day }) => ({
      sym,
      lastDay: dayBefore,
      firstDay: day,
      from: day,
      told: false,
    })),
  ];
}

/** Of long gaps those in daily or weekly bars, and, where there are other symbols, while any of them traded. */
async function crossed(
  engine: Engine,
  gaps: readonly Break[],
  signal?: AbortSignal,
): Promise<readonly Break[]> {
  if (gaps.length === 0) return [];
  const spans = await ask(engine, importSql.spans, {}, signal);
  const sessions = await ask(engine, sessionDays, {}, signal);
  const gapsOf = bySymbol(gaps);
  const isDense = (sym: number): boolean => {
    const own = gapsOf.get(sym) ?? [];
    const { bars, first_day, last_day } = spans[sym]!;
    const idle = own.reduce((sum, { day, dayBefore }) => sum + day - dayBefore, 0);
    const steps = bars - 1 - own.length;
    return steps > 0 && last_day - first_day - idle <= 7 * steps;
  };
  return gaps.filter(
    (gap) =>
      isDense(gap.sym) &&
      (spans.length === 1 || sessions.some(({ day }) => day > gap.dayBefore && day < gap.day)),
  );
}

export function bySymbol<T extends { readonly sym: number }>(all: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const one of all) {
    const group = groups.get(one.sym);
    if (group === undefined) groups.set(one.sym, [one]);
    else group.push(one);
  }
  return groups;
}
