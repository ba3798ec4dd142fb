import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** As a registry lists the versions of a package, which npm asks for of all that need the one with the hole. */
function listed(name: string): object {
  const text = readFileSync(`node_modules/${name}/package.json`, 'utf8');
  const about = JSON.parse(text) as { readonly version: string };
  return { name, versions: { [about.version]: about } };
}

/** Asks a registry that knows of one hole in a package of ours. */
async function asked(severity: string | null): Promise<{ code: number; said: string }> {
  const hole = { id: 1, url: 'https://x.example', title: 'A hole', vulnerable_versions: '*' };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (severity === null) response.statusCode = 405;
      response.setHeader('Content-Type', 'application/json');
      const name = decodeURIComponent(request.url?.slice(1) ?? '');
      const answer = name.endsWith('/bulk') ? { svelte: [{ ...hole, severity }] } : listed(name);
      response.end(JSON.stringify(answer));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cache = mkdtempSync(join(tmpdir(), 'outsample-'));
  const npm = { npm_config_registry: `http://127.0.0.1:${port}`, npm_config_cache: cache };
  const env = { ...process.env, ...npm };
  try {
    return await new Promise((resolve) => {
      const child = execFile('node', ['scripts/advisories.mjs'], { env }, (_, said) =>
        resolve({ code: child.exitCode ?? -1, said }),
      );
    });
  } finally {
    server.close();
    rmSync(cache, { recursive: true, force: true });
  }
}

it('a grave advisory fails, a moderate one does not, and a registry that cannot be asked is said', async () => {
  expect(await asked('high')).toEqual({ code: 1, said: expect.stringContaining('high: svelte') });
  expect(await asked('moderate')).toMatchObject({ code: 0 });
  expect(await asked(null)).toEqual({ code: 0, said: expect.stringContaining('Skipped: ') });
});
