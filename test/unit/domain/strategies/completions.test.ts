import { describe, expect, it } from 'vitest';
import { completions } from '../../../../src/domain/strategies/custom/language/complete.ts';
import { descriptions } from '../../../../src/domain/strategies/custom/language/descriptions.ts';
import {
  columnWords,
  features,
  functions,
  priorWord,
  windows,
} from '../../../../src/domain/strategies/custom/language/vocabulary.ts';

/** Labels offered where the bar stands. */
function offered(marked: string): string[] {
  const cursor = marked.indexOf('|');
  const { from, options } = completions(marked.replace('|', ''), cursor);
  for (const { label } of options) {
    expect(label.toLowerCase().startsWith(marked.slice(from, cursor).toLowerCase())).toBe(true);
  }
  return options.map(({ label }) => label);
}

describe('completion', () => {
  it('offers what begins with the word at the cursor', () => {
    expect(offered('close > sm|')).toEqual(['sma(']);
    expect(offered('pre| > 3')).toEqual(['prev(']);
    expect(offered('HIG|')).toEqual(['high', 'highest(']);
    expect(offered('close > 1 A|')).toEqual(
      expect.arrayContaining(['AND', 'atr(', 'abs(']) as string[],
    );
    expect(offered('close < 2 xyz|')).toEqual([]);
  });

  it('offers everything after a space, with signature and an example', () => {
    const { from, options } = completions('close > ', 8);
    expect(from).toBe(8);
    expect(options.find(({ label }) => label === 'zscore(')).toMatchObject({
      detail: 'zscore(series, n)',
      info: expect.stringContaining('zscore(close, 20) < -2') as string,
    });
  });

  it('says of every word what it means', () => {
    const words = [...columnWords, priorWord, ...features, ...functions, ...windows];
    expect(words.map(({ name }) => name).sort()).toEqual(Object.keys(descriptions).sort());
  });

  it('offers what makes columns, and prior', () => {
    expect(offered('acc|')).toEqual(['accumulate(']);
    expect(offered('accumulate(0, pri|')).toEqual(['prior']);
    expect(offered('mem|')).toEqual(['member(']);
    const { options } = completions("close > of('SPY', em", 20);
    expect(options).toMatchObject([{ label: 'ema(', detail: 'ema(x, n)' }]);
  });

  it('offers longer bars, and inside every( their lengths', () => {
    expect(offered('close > we|')).toEqual(['weekly(']);
    expect(offered('close > every(|')).toEqual(
      expect.arrayContaining(["'15min', ", "'4h', ", "'session', "]) as string[],
    );
    expect(offered("every('4h', hig|")).toEqual(['high', 'highest(']);
  });

  it('offers series inside zscore(, and nothing inside text or numbers', () => {
    expect(offered('zscore(|')).toEqual(['close', 'volume', 'attention', 'atr']);
    expect(offered('zscore(a|')).toEqual(['attention', 'atr']);
    expect(offered("symbol = 'clo|")).toEqual([]);
    expect(offered('close > 2|')).toEqual([]);
    expect(offered('close > 2e|')).toEqual([]);
  });
});
