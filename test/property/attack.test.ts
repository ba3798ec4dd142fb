import { describe, expect, it } from 'vitest';
import { attacks, begin } from '../attack/classes.ts';

/** Classes whose sample is tried here, in this process; `npm run attack` tries all of every class. */
const sampled = ['inputs', 'studies', 'links', 'outsample-files'];

describe('a sample of the attack', () => {
  it.each(attacks.filter(({ name }) => sampled.includes(name)))(
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
