import type { Note } from '../note.ts';
import type { Static, TObject } from '@sinclair/typebox';
import type { LabErrorData, Place } from '../errors.ts';
import type { Feature, SqlValue } from '../features.ts';
import type { Settings } from '../study/schema.ts';
import type { Dimension } from '../study/validation.ts';

/** What a strategy may know of a dataset before it says which features it needs. */
export interface DatasetFacts {
  readonly hasVolume: boolean;
  readonly attention: 'daily' | 'weekly' | null;
  /** Which of VIX, INDEX and OIL there are. */
  readonly macro: readonly string[];
  readonly hasUniverse: boolean;
  /** In code-unit order: a symbol's place is its number in the engine's tables. */
  readonly symbols: readonly string[];
  /** Of all prices; null where no file says so. */
  readonly currency: string | null;
  /** How long the data's bars are, and the study's, in seconds; not given where they are dated by days alone. */
  readonly barSeconds?: { readonly data: number; readonly own: number };
}

/**
 * The signals of a study as one query over feature tables. It yields, for each row of `bars` in order, `score`, `atr`
 * (price units, null while warming) and, of a strategy that gives entries, `side` (+1, −1, 0), `exit` (which open
 * positions leave: 0 none, 1 longs, 2 shorts, 3 both) and `size_factor`. One that gives weights yields `weight` in
 * their place: a share of equity, shorts below zero, 0 for nothing held, null where it says nothing.
 */
export interface SignalPlan {
  readonly sql: string;
  readonly inputs: Readonly<Record<string, Feature>>;
  readonly values: Readonly<Record<string, SqlValue | readonly number[]>>;
  /** Columns worth seeing and exporting: name → feature and its column. */
  readonly columns: Readonly<
    Record<string, { readonly feature: Feature; readonly column: string }>
  >;
  /** The signals themselves read the ATR; without it they hand it on to exits, sizes and costs alone. */
  readonly readsAtr?: true;
  /** One row per session: what the macro filter saw. */
  readonly sessions: Feature | null;
  /** What to draw beside the entries: which of `columns`, what to call it, and where it enters. */
  readonly chart: {
    readonly column: string;
    readonly label: string;
    readonly threshold: number | null;
    /** What that is made of, and what else decides on an entry. */
    readonly parts?: readonly ChartPart[];
  };
  readonly notes: readonly Note[];
  /** Whether it gives weights; 'asking' where the query's column `rebalance` says at which bars it wants one. */
  readonly weights?: 'scheduled' | 'asking';
  /** Where the query has one more column, `unknown`: which parts its bits, from the lowest, say are unknown at a bar. */
  readonly unknown?: readonly SignalPart[];
  /** Who is a member, where symbols of a date are compared, members or not. */
  readonly comparesAll?: Feature;
  /** Says of an error of the engine's where in the study it comes from; without it the error stands. */
  readonly explain?: (error: LabErrorData) => LabErrorData;
}

/** A number beside the one that is drawn. */
export interface ChartPart {
  /** Which of the plan's columns. */
  readonly column: string;
  readonly label: string;
  readonly unit: 'number' | 'percent';
  /** It counts so much in the number that is drawn; not given where it is no part of that. */
  readonly weight?: number;
  /** It lets a symbol be traded at or above this; not given where it does not. */
  readonly least?: number;
}

/** What a strategy says of a bar. */
export type SignalPart =
  'entry' | 'exit' | 'side' | 'score' | 'sizeFactor' | 'weight' | 'rebalance';

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
    : T;

/** A study of a strategy under a name; what it leaves out is suggested or default. */
export interface Example extends DeepPartial<Settings> {
  readonly name?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Why a parameter cannot stand, by its path below the parameters. */
export interface Conflict {
  readonly path: string;
  readonly problem: string;
  readonly remedy?: string;
  /** Where in a text parameter, and what stands there. */
  readonly place?: Pick<Place, 'line' | 'column' | 'offset' | 'value'>;
}

/** A strategy is a pure recipe. Adding one means adding a folder beside this file. */
export interface Strategy<P extends TObject = TObject> {
  readonly id: string;
  readonly title: string;
  /** One or two sentences: what it buys, when, and why. */
  readonly description: string;
  readonly parameters: P;
  /** Settings that suit it, taken where a study says nothing. */
  readonly suggested: DeepPartial<Settings>;
  /** Those in place of them where it gives weights and need not. */
  readonly suggestedWithWeights?: DeepPartial<Settings>;
  /** What its sample study sets beyond that, so that there is something to see or to compare. */
  readonly sample: Example;
  /** Further studies by name: 'backtesting.py/sma-20-100-reverse' has that program's trades. */
  readonly examples?: Readonly<Record<string, Example>>;
  /** What a search varies where the study does not say. */
  readonly search?: readonly Dimension[];
  /** Whether it gives target weights in place of entries; its studies then have the portfolio's settings. */
  readonly givesWeights?: (parameters: Static<P>) => boolean;
  /** What the schema cannot say: a parameter that does not go with another, a text that does not read. */
  readonly conflict?: (parameters: Static<P>) => Conflict | null;
  /** Not given where the folder has a plan.ts, which the page does not load. */
  readonly plan?: (parameters: Static<P>, facts: DatasetFacts) => SignalPlan;
}

/** Keeps a strategy's parameter type while it is defined. */
export const defineStrategy = <P extends TObject>(strategy: Strategy<P>): Strategy =>
  strategy as unknown as Strategy;
