import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src/domain/errors.ts';
import { startSqlite } from '../../../workers/engines/sqlite.ts';

const sqlite = await startSqlite();
const database = sqlite.open(null);
database.script(`CREATE TABLE pins (place, run); INSERT INTO pins VALUES (1, 'a'), ('two', NULL)`);

const query = (text: string) => ({
  text,
  takes: { most: 'integer' } as const,
  yields: { place: 'integer', run: 'text' } as const,
});

describe('rows of SQLite', () => {
  it('come as their query declares them', () => {
    const rows = database.rows(query('SELECT * FROM pins LIMIT $most'), { most: 1 });
    const places: number[] = rows.map(({ place }) => place);
    expect(places).toEqual([1]);
  });

  it.each([
    ['of another type', 'SELECT * FROM pins LIMIT $most', 'place is two, not integer'],
    ['null', 'SELECT 1 AS place, NULL AS run LIMIT $most', 'run is null, not text'],
    ['missing', 'SELECT 1 AS place LIMIT $most', 'run is undefined, not text'],
  ])('are refused where a column is %s', (_, text, problem) => {
    const ask = () => database.rows(query(text), { most: 9 });
    expect(ask).toThrow(LabError);
    expect(ask).toThrow(`SQLite answered a query otherwise than declared: its column ${problem}.`);
  });
});
