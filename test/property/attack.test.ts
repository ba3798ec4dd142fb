import { describe, expect, it } from 'vitest';
import { attacks, begin } from '../attack/classes.ts';

/** Classes that are tried in this process; `npm run attack` tries all of every class. */
const sampled = attacks.filter(({ sample }) => sample > 0);

describe('a sample of the attack', () => {
  it.each(sampled)(
    '$name: every case is refused clearly, or accepted and right',
    async (attack) => {
      const attempt = await begin(attack, 1);
      for (let place = 0; place < attack.sample; place++) {
        const { tried, outcome } = await attempt(place);
        expect(outcome, `case ${place}: ${tried.slice(0, 500)}`).not.toMatchObject({
          verdict: 'failed',
        });
      }
    },
    120_000,
  );
});
