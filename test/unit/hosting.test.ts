import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { keepHashed } from '../../scripts/serve.mjs';

it('files with a hash in their name are served as public/_headers asks of hosts', () => {
  const said: string[] = [];
  const response = {
    setHeader: (name: string, value: string) => said.push(`${name}: ${value}`),
  };
  keepHashed(response, '/index.html');
  expect(said).toEqual([]);
  keepHashed(response, '/assets/duckdb-eh-Dp3HiClF.wasm');
  expect(readFileSync('public/_headers', 'utf8')).toBe(`/assets/*\n  ${said.join('\n  ')}\n`);
});
