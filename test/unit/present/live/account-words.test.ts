import { expect, it } from 'vitest';
import { stateAt } from '../../../../src/domain/exchanges/state.ts';
import { hoursWord } from '../../../../src/present/calendar-words.ts';
import { accountFigures, realTimeWord } from '../../../../src/present/live/account-words.ts';

it('an account after a close, against its start; what cannot be divided is a dash', () => {
  const equity = {
    day: Int32Array.of(0, 1, 2),
    equity: Float64Array.of(100, 110, 0),
    cash: Float64Array.of(100, 55, 0),
    gross: Float64Array.of(0, 55, 0),
    net: Float64Array.of(0, -55, 0),
    positions: Int32Array.of(0, 2, 0),
  };
  const words = (at: number) => accountFigures(equity, 0, at).map(({ words }) => words);
  expect(words(1)).toEqual(['110.00', '10.00\u202f%', '55.00', '50.00\u202f%', '2']);
  expect(words(2)[3]).toBe('—');
});

it('whether an exchange is open at an instant, and until when', () => {
  const word = (text: string) => {
    const instant = Date.parse(text) / 1000;
    return hoursWord('XNYS', instant, stateAt('XNYS', instant));
  };
  expect(word('2024-03-08T15:00Z')).toBe('New York Stock Exchange: open until 16:00');
  expect(word('2024-03-08T21:00Z')).toBe(
    'New York Stock Exchange: closed until Mon 2024-03-11 09:30',
  );
  expect(word('2024-03-08T12:00Z')).toBe('New York Stock Exchange: closed until 09:30');
});

it('how fast bars come in real time', () => {
  expect(realTimeWord(300_000)).toBe('a bar every 5 min');
});
