import { expect, it } from 'vitest';
import { fileName } from '../../../workers/services/remote/file-name.ts';
import { shownAddress } from '../../../workers/services/remote/shown.ts';

it.each([
  ['https://x.example/data/SPY.csv', '', 'a', 'SPY.csv'],
  ['https://x.example/SPY.csv.gz?key=hunter2', '', 'a', 'SPY.csv.gz'],
  ['https://x.example/S%26P%20500.csv', '', 'a', 'S&P 500.csv'],
  ['https://x.example/%2e%2e%2f%2fetc%2fpasswd', '', 'a', 'passwd.csv'],
  ['https://x.example/%E0%A4%A', '', 'a', '%E0%A4%A.csv'],
  ['https://x.example/', '', 'a', 'x.example.csv'],
  ['https://x.example/get', '', 'PAR1', 'get.parquet'],
  ['https://x.example/get', '', 'PK\u0003\u0004', 'get.zip'],
  ['https://x.example/get', '', 'ARROW1', 'get.arrow'],
  ['https://x.example/get', 'attachment; filename="QQQ.csv"', 'a', 'QQQ.csv'],
  ['https://x.example/get', 'attachment; filename=QQQ.csv; size=3', 'a', 'QQQ.csv'],
  ['https://x.example/get', "attachment; filename*=UTF-8''%C3%96l.csv", 'a', 'Öl.csv'],
  ['https://x.example/get', 'attachment; filename="../../.bashrc"', 'a', 'bashrc.csv'],
])('%s %s', async (address, disposition, content, expected) => {
  expect(await fileName(address, { content: new Blob([content]), disposition })).toBe(expected);
});

it('an address is shown without its query', () => {
  expect(shownAddress('https://x.example/a.csv?key=hunter2#there')).toBe(
    'https://x.example/a.csv?…',
  );
});

it('nor is one with a path that holds a key, and no file is called by it', async () => {
  const key = 'ghp_k3Jq8ZtR5vXw2LmN7pYs4BcD9fGh6TaQ1uEo';
  expect(shownAddress(`https://x.example/${key}/a.csv?b=c`)).toBe('https://x.example/…?…');
  const content = new Blob(['date,close\n']);
  const name = await fileName(`https://x.example/${key}`, { content, disposition: '' });
  expect(name).toBe('x.example.csv');
});
