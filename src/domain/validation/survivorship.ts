import pow from '@stdlib/math-base-special-pow';
import { type Market, rowsOf } from '../market.ts';
import type { QuickMetrics } from '../metrics/quick.ts';
import { type Trades, exitReasons } from '../run.ts';
import type { RiskSettings } from '../study/schema.ts';
import type { Day, Ratio } from '../units.ts';

/** What the survivorship audit compares; ratios, null where there is none. */
export type Figures = Pick<QuickMetrics, 'cagr' | 'sharpe' | 'maxDrawdown' | 'trades'>;

/** A symbol that ends before the data do. */
export interface EndedSymbol {
  readonly symbol: string;
  readonly lastBar: Day;
  /** The day from which on it is delisted, by the universe; null where only its bars end. */
  readonly delistedOn: Day | null;
  /** Return on the last close that the study books for a position, long or short; null where nothing is booked. */
  readonly booked: Ratio | null;
  /** Whether the universe gives that return, or the study's setting stands in. */
  readonly source: 'universe' | 'study' | null;
  /** Positions of the run that it ended. */
  readonly positions: number;
}

/** Of the symbols first listed at least so many years before the data end, those that ended early. */
export interface AttritionRow {
  readonly years: number;
  readonly listed: number;
  readonly ended: number;
  /** ended ÷ listed, a ratio; null without symbols. */
  readonly share: Ratio | null;
}

/**
 * What a rerun’s difference measures. Inclusion: today’s members, traded before they were chosen. Membership: those that
 * have left the universe are missing. Delisting: those that ended are.
 */
export type Bias = 'inclusion' | 'membership' | 'delisting';

/** The same study where only some symbols exist, and what that changes. */
export interface Rerun {
  readonly title: string;
  readonly bias: Bias;
  readonly symbols: number;
  /** null, with a reason, where it was not run. */
  readonly figures: Figures | null;
  /** figures − those of the full universe; no sign is assumed. */
  readonly difference: Figures | null;
  readonly reason: string | null;
}

export interface StressRow {
  /** How far a delisting moves the last close against the position, a ratio. */
  readonly adverse: Ratio;
  readonly figures: Figures;
}

/** What the literature would lead one to expect. */
export interface Expectation {
  /** Share of these symbols that would have ended, over their own years in the data. */
  readonly share: Ratio;
  /** Chance that none would, were ends independent. */
  readonly chanceOfNone: Ratio;
  readonly perYear: Ratio;
  readonly source: string;
}

export interface SurvivorshipReport {
  /** Ends are known from the universe file, or guessed from the bars. */
  readonly basis: 'universe' | 'bars';
  readonly symbols: number;
  readonly ended: readonly EndedSymbol[];
  readonly attrition: readonly AttritionRow[];
  readonly expected: Expectation;
  /** More than three years of data, and nothing ever ended. */
  readonly suspicious: boolean;
  readonly full: Figures;
  /** Inclusion first, where there is a universe. */
  readonly reruns: readonly Rerun[];
  /** Empty where no symbol is delisted by the universe. */
  readonly stress: readonly StressRow[];
  readonly sentences: readonly string[];
}

/** Baker & Kennedy find that 61 % of firms on NYSE and AMEX lived on for ten years, 1963–1995. */
const tenYearSurvival = 0.61;
const survivalSource =
  'Baker & Kennedy 2002, “Survivorship and the Economic Grim Reaper”, Journal of Law, Economics, and Organization 18: of the firms on NYSE and AMEX, 1963–1995, 61 % survived ten years. From the literature, not from these data.';

const daysPerYear = 365.25;
/** Days without a bar before the data's end after which a symbol counts as ended where no universe says so. */
export const longSilence = 30;
const never = 2_147_483_647;

const lastDayOf = (market: Market): Day =>
  market.day.reduce((last, day) => Math.max(last, day), -Infinity);

const edgesOf = (market: Market, symbol: number): readonly [first: Day, last: Day] | null => {
  const [from, end] = rowsOf(market, symbol);
  return end > from ? [market.day[from]!, market.day[end - 1]!] : null;
};

/** Symbols that end before the data do: by the universe where there is one, else where bars end a month early. */
export function endedSymbols(
  market: Market,
  risk: Pick<RiskSettings, 'delistingReturn'>,
  trades: Pick<Trades, 'length' | 'symbol' | 'reason'>,
): EndedSymbol[] {
  const { listings } = market;
  const end = lastDayOf(market);
  const byDelisting = exitReasons.indexOf('delisting');
  return market.symbols.flatMap((symbol, s): EndedSymbol[] => {
    const edges = edgesOf(market, s);
    if (edges === null) return [];
    const [, lastBar] = edges;
    const delistedOn = listings?.delistedOn[s] ?? never;
    if (listings === undefined ? end - lastBar <= longSilence : delistedOn === never) return [];
    const said = listings?.delistingReturn[s] ?? Number.NaN;
    let positions = 0;
    for (let i = 0; i < trades.length; i++)
      if (trades.symbol[i] === s && trades.reason[i] === byDelisting) positions++;
    if (listings === undefined)
      return [{ symbol, lastBar, delistedOn: null, booked: null, source: null, positions }];
    return Number.isNaN(said)
      ? [{ symbol, lastBar, delistedOn, booked: risk.delistingReturn, source: 'study', positions }]
      : [{ symbol, lastBar, delistedOn, booked: said, source: 'universe', positions }];
  });
}

/** A small survival table by listing age; rows that no symbol reaches are left out. */
export function attritionOf(market: Market, ended: readonly EndedSymbol[]): AttritionRow[] {
  const end = lastDayOf(market);
  const names = new Set(ended.map(({ symbol }) => symbol));
  return [1, 2, 3, 5, 10, 15, 20].flatMap((years) => {
    const old = market.symbols.filter((_, s) => {
      const edges = edgesOf(market, s);
      return edges !== null && end - edges[0] >= years * daysPerYear;
    });
    if (old.length === 0) return [];
    const gone = old.filter((symbol) => names.has(symbol)).length;
    return [{ years, listed: old.length, ended: gone, share: gone / old.length }];
  });
}

/**
 * What one would expect of companies, each over its own years from its first bar to the data's end: survival of t years is
 * 0.61^(t ÷ 10).
 */
export function expectationOf(market: Market): Expectation {
  const end = lastDayOf(market);
  const survival = market.symbols.flatMap((_, s) => {
    const edges = edgesOf(market, s);
    return edges === null ? [] : [pow(tenYearSurvival, (end - edges[0]) / daysPerYear / 10)];
  });
  const sum = survival.reduce((total, one) => total + one, 0);
  return {
    share: survival.length === 0 ? 0 : 1 - sum / survival.length,
    chanceOfNone: survival.reduce((product, one) => product * one, 1),
    perYear: 1 - pow(tenYearSurvival, 0.1),
    source: survivalSource,
  };
}

/** More than three years of data in which nothing ever ended. */
export function isSuspicious(market: Market, ended: readonly EndedSymbol[]): boolean {
  const first = market.day.reduce((least, day) => Math.min(least, day), Infinity);
  return ended.length === 0 && lastDayOf(market) - first > 3 * daysPerYear;
}

/** The figures alone. */
export const figuresOf = ({ cagr, sharpe, maxDrawdown, trades }: QuickMetrics): Figures => ({
  cagr,
  sharpe,
  maxDrawdown,
  trades,
});

/** a − b, null where either is. */
export function differenceOf(a: Figures, b: Figures): Figures {
  const less = (x: number | null, y: number | null): number | null =>
    x === null || y === null ? null : x - y;
  return {
    cagr: less(a.cagr, b.cagr),
    sharpe: less(a.sharpe, b.sharpe),
    maxDrawdown: less(a.maxDrawdown, b.maxDrawdown),
    trades: a.trades - b.trades,
  };
}
