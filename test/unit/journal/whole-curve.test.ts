import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packCurve, unpackCurve } from '../../../workers/services/journal/whole-curve.ts';

describe('a whole curve', () => {
  it('comes back to the bit', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 1, max: 400 }),
            fc.double({ noNaN: true, noDefaultInfinity: true }),
          ),
          { minLength: 1, maxLength: 300 },
        ),
        (sessions) => {
          let today = -10_000;
          const day = Int32Array.from(sessions, ([step]) => (today += step));
          const equity = Float64Array.from(sessions, ([, value]) => value);
          expect(unpackCurve(packCurve({ day, equity }))).toEqual({ day, equity });
        },
      ),
    );
  });

  it('is small where little happens', () => {
    const day = Int32Array.from({ length: 5000 }, (_, i) => i + 2 * Math.floor(i / 5));
    const idle = new Float64Array(5000).fill(100_000);
    expect(packCurve({ day, equity: idle }).packed.length).toBeLessThan(400);
    const busy = idle.map((value, i) => value * (1 + Math.sqrt(i) / 1000));
    expect(packCurve({ day, equity: busy }).packed.length).toBeLessThan(7.5 * 5000);
  });

  const { sessions, packed } = packCurve({
    day: Int32Array.of(1, 2, 3),
    equity: Float64Array.of(1, 2, 3),
  });
  it.each([
    ['nonsense', { sessions, packed: Uint8Array.of(255, 255, 255) }],
    ['nothing', { sessions, packed: new Uint8Array() }],
    ['more sessions than it holds', { sessions: sessions + 1, packed }],
    ['no number', packCurve({ day: Int32Array.of(1), equity: Float64Array.of(NaN) })],
    ['days out of order', packCurve({ day: Int32Array.of(2, 1), equity: Float64Array.of(1, 1) })],
  ])('is none where the journal has %s', (_, row) => {
    expect(unpackCurve(row)).toBeNull();
  });
});
