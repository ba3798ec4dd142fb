import type { Metric } from '../../domain/metrics/metric.ts';
import { type Trades, exitReasons } from '../../domain/run.ts';
import type { Study } from '../../domain/study/study.ts';
import type { Examined } from '../../domain/validation/examination.ts';
import { type Finding, levels } from '../../domain/validation/finding.ts';
import { overfittingFindings } from './overfitting.ts';
import { type RunFacts, runFindings } from './run.ts';
import { survivorshipFinding } from './survivorship.ts';
import { learningFindings, lookAheadFinding, walkForwardFinding } from './validation.ts';

/** A run as its findings read it. */
export interface AuditedRun {
  readonly study: Study;
  readonly trades: Trades;
  readonly metrics: { readonly outsample: readonly Metric[] };
  readonly ambiguity: {
    readonly trades: number;
    readonly stopFirst: { readonly totalReturn: number };
    readonly targetFirst: { readonly totalReturn: number };
  } | null;
}

/** Every finding on a run, the gravest first. */
export function findingsOn(run: AuditedRun, examined: Examined, synthetic: boolean): Finding[] {
  const found = [
    lookAheadFinding(examined.lookAhead),
    survivorshipFinding(examined.survivorship),
    ...runFindings(factsOf(run, synthetic), examined.breakEven),
    walkForwardFinding(examined.walkForward),
    ...overfittingFindings(examined.overfitting),
    ...learningFindings(examined.learning),
  ];
  return levels.flatMap((level) => found.filter((finding) => finding.level === level));
}

const end = exitReasons.indexOf('end');

/** A trade that only the end of the data closed does not count as closed. */
function factsOf({ study, trades, metrics, ambiguity }: AuditedRun, synthetic: boolean): RunFacts {
  return {
    settings: study,
    closedTrades: trades.reason.reduce(
      (sum, reason) => sum + (reason < 0 || reason === end ? 0 : 1),
      0,
    ),
    totalReturn: metrics.outsample.find(({ id }) => id === 'total-return')?.value ?? null,
    ambiguity: ambiguity && {
      trades: ambiguity.trades,
      stopFirst: ambiguity.stopFirst.totalReturn,
      targetFirst: ambiguity.targetFirst.totalReturn,
    },
    synthetic,
  };
}
