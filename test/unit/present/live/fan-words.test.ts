import { describe, expect, it } from 'vitest';
import { dayFromIso } from '../../../../src/domain/calendar.ts';
import type { OutcomeFan } from '../../../../src/domain/live/outcome-fan.ts';
import { fanSummary, madeWords, placeWords } from '../../../../src/present/live/fan-words.ts';

const first = dayFromIso('2024-01-01');
const times = { day: Int32Array.from({ length: 6 }, (_, i) => first + i) };
/** From the second of six sessions on, three further ones. */
const fan: OutcomeFan = {
  from: 1,
  bands: [-2, -1, 0, 1, 2].map((by) =>
    Float64Array.from({ length: 4 }, (_, step) => 100 + by * step),
  ),
  samples: 1000,
  returns: 40,
  blockLength: 2.34,
  seed: 7,
};
const placed = (...equity: number[]) => placeWords(fan, Float64Array.of(...equity), 4, times);

describe('equity in its fan of outcomes', () => {
  it('says in one sentence how the fan was made', () => {
    expect(madeWords(fan, times)).toMatch(
      /^1,000 curves resampled from the 40 returns by session up to 2024-01-02, .* in blocks of 2\.3 sessions on average, seed 7, each compounded/,
    );
    expect(fanSummary(Float64Array.of(0, 100, 101), 1, 2, times)).toMatch(
      /^From 100\.00 on 2024-01-02 to 101\.00 on 2024-01-03/,
    );
  });

  it('says that it is within, or since when it has left the outer band, on which side', () => {
    expect(placed(100, 100, 103, 103, 106)).toMatchObject({ isOutside: false });
    expect(placed(100, 100, 101, 99, 106)?.text).toContain('94.00 to 106.00');
    const above = placed(100, 100, 103, 103, 107);
    expect(above).toMatchObject({ isOutside: true });
    expect(above?.text).toContain('above the outer band (106.00) since 2024-01-05');
    // Outside on the other side first, then below without a break.
    expect(placed(100, 100, 103, 90, 90)?.text).toContain(
      'below the outer band (94.00) since 2024-01-04: at a given date only one in twenty',
    );
  });

  it('says nothing where the fan does not reach, and that it begins where it does', () => {
    const equity = new Float64Array(6).fill(100);
    expect(placeWords(fan, equity, 5, times)).toBeNull();
    expect(placeWords(fan, equity, 0, times)).toBeNull();
    expect(placeWords(fan, equity, 1, times)?.text).toBe('Here the fan begins.');
  });
});
