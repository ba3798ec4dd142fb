import { leastSessions } from '../../domain/learning/regimes.ts';
import type { Kept } from '../../domain/learning/weights.ts';
import { type Note, info, warning } from '../../domain/note.ts';
import type { Study } from '../../domain/study/study.ts';
import { windowsStartFlat } from './walk-forward.ts';

/** Which weights were to be learned. */
interface Lesson {
  readonly group: 'panic' | 'gScore';
}

const reasons: Readonly<Record<Kept, string>> = {
  'too few rows': 'too few bars',
  'no variation': 'an input that does not vary',
  collinear: 'inputs that move together',
  'none clear': 'nothing that lies two standard errors above zero',
  'no scale': 'fixed weights of zero',
};

const subjects = { panic: 'Panic Score', gScore: 'G-Score' } as const;

/** What was assumed and what did not work, in plain sentences. */
export function learningNotes(
  study: Study,
  learned: readonly { readonly lesson: Lesson; readonly kept: readonly (Kept | null)[] }[],
  fitted: readonly boolean[] | null,
  missing: readonly string[],
): Note[] {
  const { horizon } = study.validation.learning;
  const notes: Note[] = [windowsStartFlat];
  if (learned.length > 0) {
    notes.push(
      info(
        `Weights are fitted to returns over ${horizon} bars inside each training window; its last ${horizon} bars are left out, because their returns reach into the test.`,
      ),
      warning(
        'Standard errors take every row for independent. Returns overlap and shares move together: the true errors are larger.',
      ),
    );
  }
  for (const { lesson, kept } of learned)
    notes.push(...howLearned(lesson), ...whereKept(lesson, kept));
  if (fitted !== null) {
    notes.push(
      info(
        'Regimes are three states of the market’s daily range, the mean over all symbols; the regime of a session is told from the bars up to it.',
      ),
    );
    const without = fitted.filter((one) => !one).length;
    if (without > 0)
      notes.push(
        warning(
          `${without} of ${fitted.length} training windows have fewer than ${leastSessions} sessions, or ranges that do not vary: no regimes there, positions keep their size.`,
        ),
      );
  }
  notes.push(...missing.map((text) => warning(`Not learned: ${text}`)));
  return notes;
}

const howLearned = ({ group }: Lesson): Note[] =>
  group === 'panic'
    ? [
        info(
          'Every bar that might be traded teaches the Panic Score’s weights, not only panics, which are too few; a negative weight counts as 0.',
        ),
        info(
          'The learned weights are scaled so that as many bars of the training pass the entry threshold as with the fixed ones.',
        ),
      ]
    : [
        info(
          'The G-Score’s weights follow what the market lost after each point in training, none below 0; together they stay what the fixed ones are.',
        ),
      ];

function whereKept({ group }: Lesson, kept: readonly (Kept | null)[]): Note[] {
  const found = kept.filter((why) => why !== null);
  if (found.length === 0) return [];
  const whys = [...new Set(found)].map((why) => reasons[why]).join(', ');
  return [
    warning(
      `${found.length} of ${kept.length} test windows keep the ${subjects[group]}’s fixed weights: ${whys} in training.`,
    ),
  ];
}
