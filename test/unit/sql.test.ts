import { describe, expect, it } from 'vitest';
import { literal, quoteIdentifier, setVariables, withIdentifiers } from '../../src/sql/sql.ts';

describe('SQL text', () => {
  it('quotes identifiers and literals', () => {
    expect(quoteIdentifier('a"b; DROP')).toBe('"a""b; DROP"');
    expect([literal("O'Neill"), literal(true), literal(3), literal(0.1), literal(1e300)]).toEqual([
      "'O''Neill'",
      'true',
      '3',
      '0.1::DOUBLE',
      '1e+300::DOUBLE',
    ]);
    expect(() => literal(Number.NaN)).toThrow(RangeError);
  });

  it('fills placeholders, and refuses one without an identifier', () => {
    expect(withIdentifiers('SELECT {column} FROM {table}', { column: 'x', table: 'my t' })).toBe(
      'SELECT "x" FROM "my t"',
    );
    expect(() => withIdentifiers('{other}', {})).toThrow('{other}');
  });

  it('sets variables', () => {
    expect(setVariables({ window: 90, name: "a'b" })).toBe(
      `SET VARIABLE "window" = 90;\nSET VARIABLE "name" = 'a''b';`,
    );
  });
});
