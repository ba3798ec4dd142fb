import { stepsOfRange, simulate } from '../../../src/domain/execution/simulate.ts';
import { type Listings, type Market, type Signals, rowsOf } from '../../../src/domain/market.ts';
import { lengthOf, withheldQuick } from '../../../src/domain/metrics/annualised.ts';
import { quickMetrics } from '../../../src/domain/metrics/quick.ts';
import type { Settings } from '../../../src/domain/study/schema.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import { sentencesOf, weightsMeaning } from '../../../src/present/survivorship-sentences.ts';
import {
  type Bias,
  type Figures,
  type Rerun,
  type StressRow,
  type SurvivorshipReport,
  attritionOf,
  differenceOf,
  endedSymbols,
  expectationOf,
  figuresOf,
  isSuspicious,
} from '../../../src/domain/validation/survivorship.ts';
import { startingCash } from '../../../src/domain/trial.ts';
import { type Spells, never, readSpells } from '../listings.ts';
import { planOf, stepsIn } from '../signals.ts';
import type { AuditContext } from './look-ahead.ts';
import { withWorlds, dataOf } from './worlds.ts';
import type { Day, Days } from '../../../src/domain/units.ts';

/** How far the stress moves the last close against a position; −30 % is Shumway's (1997) for delistings on NYSE and AMEX. */
const stresses = [0, 0.3, 1];

/**
 * What the choice of symbols does to a study's result: the same study on today's members all along and on survivors
 * only, rebuilt from their bars through the shipped SQL (ranks and pairs see no others then), attrition by listing age,
 * and delistings under stress. Serve no other call of the lab meanwhile.
 */
export async function auditSurvivorship(
  study: Study,
  { engine, dataset, signal, onProgress }: AuditContext,
): Promise<SurvivorshipReport> {
  const { market } = dataset;
  const { day } = stepsIn(study, dataset); // Refuses a range without bars.
  const plan = planOf(study, dataset);
  return withWorlds(engine, signal, dataOf(dataset), async (worlds) => {
    onProgress('Survivorship audit: the full universe', 0);
    const spells = await readSpells(engine);
    worlds.open();
    const signals = await worlds.signals(study, plan);
    const { trades } = simulate(market, signals, study);
    const ended = endedSymbols(market, study.risk, trades);
    const full = figuresIn(market, signals, study);

    const reruns: Rerun[] = [];
    const choices = [
      ...membersAllAlong(market, spells, day),
      ...survivorsOf(market, spells, new Set(ended.map(({ symbol }) => symbol))),
    ];
    for (const [i, { title, bias, kept, reason }] of choices.entries()) {
      onProgress(`Survivorship audit: ${title.toLowerCase()}`, (i + 1) / (choices.length + 2));
      if (reason !== null) {
        reruns.push({ title, bias, symbols: kept.length, figures: null, difference: null, reason });
        continue;
      }
      await worlds.enterChosen(kept, bias === 'inclusion');
      const bars = await worlds.market(market.symbols);
      const listings = bias === 'inclusion' ? neverDelisted(market.listings) : market.listings;
      const survivors = listings === undefined ? bars : { ...bars, listings };
      const figures = figuresIn(survivors, await worlds.signals(study, plan), study);
      const difference = differenceOf(figures, full);
      reruns.push({ title, bias, symbols: kept.length, figures, difference, reason });
    }

    onProgress('Survivorship audit: delistings under stress', 0.9);
    const facts = {
      basis: market.listings === undefined ? ('bars' as const) : ('universe' as const),
      symbols: market.symbols.length,
      ended,
      attrition: attritionOf(market, ended),
      expected: expectationOf(market),
      suspicious: isSuspicious(market, ended),
      full,
      reruns,
      stress: ended.some(({ delistedOn }) => delistedOn !== null)
        ? stressed(market, signals, study)
        : [],
    };
    onProgress('Survivorship audit: done', 1);
    const sentences = [...sentencesOf(facts), ...(plan.weights ? [weightsMeaning(study)] : [])];
    return { ...facts, sentences };
  });
}

function figuresIn(market: Market, signals: Signals, settings: Settings): Figures {
  const sessions = stepsOfRange(market, settings.range);
  const { equity, trades } = simulate(market, signals, settings, sessions);
  const { riskFreeRate } = settings.metrics;
  const initialCash = startingCash(settings, market, sessions);
  const figures = figuresOf(quickMetrics({ equity, trades, initialCash, riskFreeRate }));
  return withheldQuick(figures, lengthOf(equity.day));
}

const stressed = (market: Market, signals: Signals, study: Study): StressRow[] =>
  stresses.map((adverse) => {
    const risk = { ...study.risk, delistingStress: adverse };
    return { adverse, figures: figuresIn(market, signals, { ...study, risk }) };
  });

interface SurvivorChoice {
  readonly title: string;
  readonly bias: Bias;
  readonly kept: readonly number[];
  /** Why there is nothing to run. */
  readonly reason: string | null;
}

/** What who has only today's list does: it trades the members of the range's last day whenever they have bars. */
function membersAllAlong(market: Market, spells: Spells, sessions: Days): SurvivorChoice[] {
  if (market.listings === undefined) return [];
  const [first, last] = [sessions[0]!, sessions.at(-1)!];
  const own = market.symbols.map((): number[] => []);
  for (const [i, sym] of spells.sym.entries()) own[sym]!.push(i);
  const isMember = (s: number, day: Day): boolean =>
    own[s]!.some((i) => spells.from[i]! <= day && day < spells.to[i]!);
  const isInRange = (day: Day): boolean => day >= first && day <= last;
  const kept = [...market.symbols.keys()].filter((s) => isMember(s, last));
  const changes =
    kept.length < market.symbols.length ||
    kept.some((s) =>
      market.day.subarray(...rowsOf(market, s)).some((day) => isInRange(day) && !isMember(s, day)),
    );
  const reason = !changes
    ? 'all symbols are members all along, there is nothing to compare'
    : kept.length === 0
      ? 'nobody is a member on the last day of the range'
      : null;
  return [{ title: 'Today’s members all along', bias: 'inclusion', kept, reason }];
}

const neverDelisted = (listings: Listings | undefined): Listings | undefined =>
  listings && {
    ...listings,
    delistedOn: listings.delistedOn.map(() => never),
    delistingReturn: listings.delistingReturn.map(() => Number.NaN),
  };

/** Two lists that people take for the whole: what is still listed, and who is in the universe at the end. */
function survivorsOf(market: Market, spells: Spells, ended: ReadonlySet<string>): SurvivorChoice[] {
  const all = [...market.symbols.keys()];
  const listed = all.filter((s) => !ended.has(market.symbols[s]!));
  const choice = (title: string, bias: Bias, kept: readonly number[]): SurvivorChoice => ({
    title,
    bias,
    kept,
    reason:
      kept.length === all.length
        ? 'no symbol falls out, there is nothing to compare'
        : kept.length === 0
          ? 'no symbol is left'
          : null,
  });
  const survivors = choice('Survivors only', 'delisting', listed);
  if (market.listings === undefined) return [survivors];
  const last = market.day.reduce((latest, day) => Math.max(latest, day), -Infinity);
  const members = new Set<number>();
  for (let i = 0; i < spells.sym.length; i++) if (spells.to[i]! > last) members.add(spells.sym[i]!);
  const atEnd = listed.filter((s) => members.has(s));
  return atEnd.length === listed.length
    ? [survivors]
    : [survivors, choice('Members at the end only', 'membership', atEnd)];
}
