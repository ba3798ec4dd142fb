import { isoFromDay, perYearOf } from '../../../src/domain/calendar.ts';
import { stepsOfRange } from '../../../src/domain/execution/simulate.ts';
import { type Market, type Steps, symbolsIn } from '../../../src/domain/market.ts';
import { randomStream } from '../../../src/domain/random.ts';
import type { Budget } from '../../../src/domain/search/adaptive.ts';
import { sessionDays } from '../../../src/domain/session-closes.ts';
import { SomeSymbols } from '../../../src/domain/some-symbols.ts';
import type { Study } from '../../../src/domain/study/study.ts';
import { stepsIn } from '../signals.ts';
import type { Searching } from './tried.ts';

/** A part of the data, on which sets are compared. */
export interface Part {
  /** A study on the sessions of this part alone. */
  readonly of: (study: Study) => Study;
  /** Its symbols, where they are not all. */
  readonly some?: SomeSymbols;
  /** Length of the sample; of one on some symbols, as much of it, so that the ledger takes the whole for longer. */
  readonly sessions: number;
  /** Sessions a year. */
  readonly perYear: number;
}

export interface Parts {
  /** All sessions, or symbols. */
  readonly whole: number;
  /** The first so many sessions, or so many symbols that the seed draws: a larger part has all of a smaller one. */
  readonly first: (budget: number) => Part;
}

export const partsOf = (budget: Budget, { study, context }: Searching): Parts => {
  const steps = stepsIn(study, context.dataset);
  const { market } = context.dataset;
  return budget === 'sessions'
    ? earlyParts(study, steps, market)
    : symbolParts(study, steps, market);
};

function earlyParts({ range }: Study, steps: Steps, market: Market): Parts {
  const day = sessionDays(steps);
  return {
    whole: day.length,
    first: (sessions) => {
      const to = isoFromDay(day[sessions - 1]!);
      const early = { ...range, to };
      return {
        of: (study) => ({ ...study, range: early }),
        ...sampleOf(stepsOfRange(market, early)),
      };
    },
  };
}

function symbolParts({ seed, range }: Study, steps: Steps, market: Market): Parts {
  const order = Int32Array.from(symbolsIn(steps, market)).sort();
  randomStream(seed, 'search symbols').shuffle(order);
  return {
    whole: order.length,
    first: (symbols) => {
      const some = new SomeSymbols(market, Array.from(order.slice(0, symbols).sort()));
      const { sessions, perYear } = sampleOf(stepsOfRange(some.market, range));
      const sample = Math.floor((sessions * symbols) / order.length);
      return { of: (study) => study, some, sessions: sample, perYear };
    },
  };
}

function sampleOf(steps: Steps): Pick<Part, 'sessions' | 'perYear'> {
  const day = sessionDays(steps);
  return { sessions: day.length, perYear: perYearOf({ day, ...steps.clock }) };
}
