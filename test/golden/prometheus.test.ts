/** A real Prometheus scrapes the real command and has the command's own numbers. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { findPrometheus } from '../../scripts/find-prometheus.mjs';

const { prometheus, promtool } = findPrometheus();
const folder = mkdtempSync(join(tmpdir(), 'outsample-prometheus-'));
const children: ChildProcess[] = [];

/** Starts a program; its output collects in `said`. */
function start(command: string, args: readonly string[]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const run = { child, said: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => (run.said += String(text)));
  return run;
}

async function stop(child: ChildProcess, signal: 'SIGINT' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  return child.exitCode;
}

afterAll(async () => {
  for (const child of children) await stop(child, 'SIGTERM');
  rmSync(folder, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

const soon = <T>(ask: () => T | Promise<T>) => vi.waitFor(ask, { timeout: 60_000, interval: 100 });

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

interface Answer {
  data: { result: { metric: Record<string, string>; value: [number, string] }[] };
}

const why = 'no Prometheus here: `node scripts/find-prometheus.mjs` installs one';

describe.skipIf(prometheus === undefined)(
  `outsample metrics (skipped where there is ${why})`,
  () => {
    it('is scraped by Prometheus, which has the equity to the last digit', async () => {
      const name = 'Say "hi"\\';
      const study = write('study.json', JSON.stringify({ name, strategy: { id: 'harvester' } }));
      const [port, ownPort] = [await freePort(), await freePort()];
      const url = `http://127.0.0.1:${ownPort}/metrics`;
      const server = start(prometheus ?? '', [
        `--config.file=${write('prometheus.yml', configOf(ownPort))}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ]);
      const query = async (text: string): Promise<Answer['data']['result']> => {
        const address = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(text)}`;
        return ((await (await fetch(address)).json()) as Answer).data.result;
      };

      const outsample = join('bin', 'outsample.mjs'); // Bundled by the first call, if need be.
      const json = execFileSync('node', [outsample, 'run', study, '--json'], { stdio: 'pipe' });
      const own = JSON.parse(json.toString()) as {
        metrics: Record<string, number>;
        costs: Record<string, number>;
        dataset: { fingerprint: string };
      };
      const command = start('node', [outsample, 'metrics', study, '--port', String(ownPort)]);
      await soon(async () => {
        const [up] = await query('up{job="outsample"}');
        expect(up?.value[1], server.said + command.said).toBe('1');
      });

      if (promtool !== undefined) {
        const input = await (await fetch(url)).text();
        expect(execFileSync(promtool, ['check', 'metrics'], { input }).toString()).toBe('');
      }
      const [equity] = await query('outsample_equity');
      expect(Number(equity?.value[1])).toBe(own.metrics['final-equity']);
      expect(equity?.metric).toMatchObject({
        study: name,
        strategy: 'harvester',
        dataset: own.dataset.fingerprint.slice(0, 12),
      });
      const costs = await query('outsample_costs');
      expect(
        Object.fromEntries(costs.map(({ metric, value }) => [metric['kind'], Number(value[1])])),
      ).toEqual(own.costs);
      expect(await query('outsample_panic_score')).toHaveLength(2);
      const [lookAhead] = await query('outsample_finding_level{finding="look-ahead"}');
      expect(lookAhead?.value[1]).toBe('-1');

      for (const expr of dashboardExpressions()) {
        const asked = expr.replaceAll('$study', '.*');
        expect(await query(asked), asked).not.toHaveLength(0);
      }

      expect(await stop(command.child, 'SIGINT')).toBe(0);
      expect(await stop(server.child, 'SIGTERM')).toBe(0);
    }, 120_000);
  },
);

/** What the Grafana dashboard asks. */
const dashboardExpressions = (): string[] => {
  const { panels } = JSON.parse(readFileSync('public/grafana-dashboard.json', 'utf8')) as {
    panels: { targets: { expr: string }[] }[];
  };
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
};

const configOf = (port: number): string => `
global: { scrape_interval: 1s }
scrape_configs:
  - { job_name: outsample, static_configs: [{ targets: ['127.0.0.1:${port}'] }] }
`;
