import { describe, expect, it } from 'vitest';
import { declare, misfit } from '../../src/sql/query.ts';
import {
  literal,
  namedQueries,
  quoteIdentifier,
  setVariables,
  withIdentifiers,
} from '../../src/sql/sql.ts';

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

const file = `-- name: one
-- Why.
SELECT 1 AS x

-- name: add_two
SELECT 2 AS y
`;

describe('a file of named queries', () => {
  it('yields the text below each name', () => {
    expect([...namedQueries(file)]).toEqual([
      ['one', '-- Why.\nSELECT 1 AS x\n'],
      ['add_two', 'SELECT 2 AS y\n'],
    ]);
    expect([...namedQueries('')]).toEqual([]);
  });

  it.each([
    ['a repeated name', '-- name: a\nSELECT 1\n-- name: a\nSELECT 2', 'Two queries'],
    ['an empty query', '-- name: a\n-- Nothing.\n-- name: b\nSELECT 1', 'The query a is empty'],
    ['text before the first name', 'SELECT 1\n-- name: a\nSELECT 2', 'without a name'],
    ['a name of two words', '-- name: a b\nSELECT 1', '“a b” is no name'],
    ['a heading without a name', '-- name:\nSELECT 1', '“” is no name'],
  ])('is refused with %s', (_, text, problem) => {
    expect(() => namedQueries(text)).toThrow(problem);
  });

  it('has the queries that are declared, and no other', () => {
    const queries = declare(file, { one: { yields: { x: 'integer' } }, addTwo: {} });
    expect(queries).toEqual({
      one: { text: '-- Why.\nSELECT 1 AS x\n', takes: {}, yields: { x: 'integer' } },
      addTwo: { text: 'SELECT 2 AS y\n', takes: {}, yields: {} },
    });
    expect(() => declare(file, { one: {}, addTwo: {}, three: {} })).toThrow('no query three');
    expect(() => declare(file, { one: {} })).toThrow('add_two is not declared');
  });
});

describe('a row', () => {
  it.each([
    ['text', 'a', 1],
    ['integer', 3, 3.5],
    ['number', Number.NaN, '1'],
    ['bigint', 3n, 3],
    ['bytes', new Uint8Array(1), 'a'],
  ] as const)('has %s where that is declared', (column, right, wrong) => {
    expect(misfit({ x: column }, { x: right })).toBeUndefined();
    expect(misfit({ x: column }, { x: wrong })).toBe('x');
    expect(misfit({ x: column }, { x: null })).toBe('x');
    expect(misfit({ x: column }, {})).toBe('x');
    expect(misfit({ x: `${column} or null` }, { x: null })).toBeUndefined();
    expect(misfit({ x: `${column} or null` }, { x: wrong })).toBe('x');
  });
});
