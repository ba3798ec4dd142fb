import { axisOf } from '../../../src/present/charts/axis-values.ts';
import {
  choicesChart,
  foldPairsChart,
  stitchedChart,
} from '../../../src/present/charts/walk-forward.ts';
import { type Example, width } from '../example.ts';
import { draws, sessions, walk } from '../world.ts';

const folds = 8;
const each = 63;
const day = sessions(folds * each);
const inside = draws('inside', folds, 1.5, 0.4);
const outside = draws('outside', folds, 0.5, 0.6);
/** The fold that found nothing worth holding. */
const idle = 4;

export default [
  {
    chart: stitchedChart,
    shows: 'Test windows end to end, with the fixed parameters dashed; the fifth stayed in cash.',
    drawing: stitchedChart(
      {
        day,
        equity: walk('stitched', day.length, 100_000, 0.0004),
        fixed: walk('fixed', day.length, 100_000, 0.0003),
        folds: Array.from({ length: folds }, (_, fold) => ({
          from: day[fold * each]!,
          to: day[(fold + 1) * each - 1]!,
          cash: fold === idle,
        })),
      },
      width,
      300,
    ),
  },
  {
    chart: foldPairsChart,
    shows: 'Each fold in training (ring) and in the test after it (dot); the fifth has no test.',
    drawing: foldPairsChart(
      inside.map((one, fold) => ({
        fold,
        inside: one,
        outside: fold === idle ? null : outside[fold]!,
      })),
      'number',
      width,
      200,
    ),
  },
  {
    chart: choicesChart,
    shows: 'The number each fold chose, and the study’s own dashed; the fifth chose none.',
    drawing: choicesChart(
      {
        axis: axisOf('Lookback', [10, 20, 40, 60], String),
        places: [0, 0, 1, 1, -1, 2, 3, 1],
        own: 1,
      },
      width,
      160,
    ),
  },
  {
    chart: choicesChart,
    state: 'names',
    shows: 'The same for a setting whose values are names, none of them the study’s own.',
    drawing: choicesChart(
      {
        axis: axisOf('Exit', ['time', 'stop', 'signal'], String),
        places: [0, 0, 2, 2, -1, 1, 1, 0],
        own: -1,
      },
      width,
      160,
    ),
  },
] satisfies Example[];
