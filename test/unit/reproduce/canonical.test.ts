import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../reproduce/canonical.ts';

describe('canonical text', () => {
  it('has keys in order, typed arrays as lists, and nothing for undefined', () => {
    const value = { b: new Float64Array([0.1, 2]), a: [null, 'x\n', true], c: undefined };
    expect(canonicalText(value)).toBe('{"a":[null,"x\\n",true],"b":[0.1,2]}');
  });

  it('tells numbers apart by their last bit, and knows one zero and one NaN', () => {
    expect(canonicalText(0.1 + 0.2)).not.toBe(canonicalText(0.3));
    expect(canonicalText([-0, Number.NaN, -Infinity])).toBe('[0,"NaN","-Infinity"]');
  });

  it('refuses what it would have to leave out', () => {
    for (const value of [new Map(), () => 1, undefined, 1n, new Blob([])])
      expect(() => canonicalText([value])).toThrow(TypeError);
  });
});
