/** A thousand parameter sets of Harvester: 5 z-score windows × 4 thresholds × 10 stops × 5 sizes. */
import { featureKey, featureOrder } from '../../src/domain/features.ts';
import { strategyById } from '../../src/domain/strategies/registry.ts';
import { completeStudy } from '../../src/domain/study/study.ts';

const windows = [60, 75, 90, 120, 150];
const thresholds = [2, 2.5, 3, 3.5];
const stops = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5];
const risks = [0.0025, 0.005, 0.01, 0.02, 0.03];

export const studies = windows.flatMap((zWindow) =>
  thresholds.flatMap((entryThreshold) =>
    stops.flatMap((stop) =>
      risks.map((risk) =>
        completeStudy({
          strategy: { id: 'harvester', parameters: { entryThreshold, panic: { zWindow } } },
          size: { rule: 'atr-risk', risk },
          exits: { stop },
        }),
      ),
    ),
  ),
);

/** How many feature tables these studies need on such a dataset, each counted once. */
export function distinctFeatures(facts) {
  const inputs = studies.flatMap(({ strategy: { id, parameters } }) =>
    Object.values(strategyById(id).plan(parameters, facts).inputs),
  );
  const keys = featureOrder(inputs)
    .filter(({ name }) => name !== 'bars' && name !== 'true_range') // The kernel of the ATR reads bars.
    .map(featureKey);
  return new Set(keys).size;
}

/** 200 parameter sets × 40 folds: training on 1,000 sessions, test on 100. */
export const walkForwardStudy = completeStudy({
  strategy: { id: 'harvester' },
  size: { rule: 'atr-risk' },
  validation: {
    search: {
      parameters: [
        { path: '/strategy/parameters/panic/zWindow', values: windows },
        { path: '/strategy/parameters/entryThreshold', values: thresholds },
        { path: '/exits/stop', values: stops },
      ],
    },
    walkForward: { unit: 'bars', train: 1000, test: 100 },
  },
});
