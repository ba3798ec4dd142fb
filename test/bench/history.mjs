/** What runs of the bench that were written have found of each aim, and charts of it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dot, lineY, plot, ruleY, text } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { here, root } from './build.mjs';

const path = join(here, 'history.json');
const folder = 'docs/bench';
/** @typedef {{ part: string, commit: string, version: string, machine: string, load: number, shares: Record<string, number> }} Run */
/** @returns {Run[]} in the order in which they were written */
const runs = () => JSON.parse(readFileSync(path, 'utf8'));

/** Adds a run of a part: of each aim, what was found as a share of its limit. An aim of nothing at all has no share. */
export function remember(part, aims, { machine, load }) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).toString();
  const shares = aims
    .filter(({ share }) => Number.isFinite(share))
    .map(({ aim, share }) => [aim, Number(share.toPrecision(4))]);
  if (shares.length === 0) return;
  const run = { part, commit: commit.trim(), version, machine, load: Number(load.toFixed(1)) };
  writeRuns([...runs(), { ...run, shares: Object.fromEntries(shares) }]);
}

const writeRuns = (all) => writeFileSync(path, `${JSON.stringify(all, null, 2)}\n`);

/** Draws each part's runs, an aim below the other, and gives the Markdown that shows the pictures. */
export function drawn() {
  const all = runs();
  const parts = [...new Set(all.map(({ part }) => part))];
  mkdirSync(join(root, folder), { recursive: true });
  return parts
    .map((part) => {
      const own = all.filter((run) => run.part === part);
      writeFileSync(join(root, folder, `${part}.svg`), pictureOf(own));
      return `![${part}: what each run found, as a share of the aim](bench/${part}.svg)`;
    })
    .join('\n\n');
}

const { document } = parseHTML('<!doctype html><html><body></body></html>');
const row = 56;

/** One row for each aim: a dot for each run over its commit; 1 is the limit, what is below it is met. */
function pictureOf(own) {
  const commits = own.map(({ commit }, run) => `${commit}${' '.repeat(run)}`); // Two runs of one commit stay two.
  const points = own.flatMap(({ shares }, run) =>
    Object.entries(shares).map(([aim, share]) => ({ aim, share, commit: commits[run] })),
  );
  const aims = [...new Set(points.map(({ aim }) => aim))];
  const last = aims.map((aim) => points.findLast((point) => point.aim === aim));
  const at = { x: 'commit', y: 'share', fy: 'aim' };
  const svg = plot({
    document,
    width: 960,
    height: 50 + row * aims.length,
    marginLeft: 40,
    marginRight: 480,
    marginTop: 10,
    marginBottom: 40,
    style: { background: 'white', color: '#333', fontFamily: 'system-ui, sans-serif' },
    x: { type: 'point', domain: commits, label: null, tickFormat: (text) => text.trim() },
    y: {
      label: null,
      ticks: [0, 1],
      domain: [0, Math.max(1.2, ...points.map((one) => one.share))],
    },
    fy: { domain: aims, axis: null, padding: 0.25 },
    marks: [
      ruleY([1], { stroke: '#999', strokeDasharray: '3,3' }),
      lineY(points, { ...at, stroke: '#0b6e99' }),
      dot(points, { ...at, r: 3.5, fill: (one) => (one.share <= 1 ? '#0b6e99' : '#c2410c') }),
      text(last, {
        ...{ fy: 'aim', frameAnchor: 'right', dx: 12, textAnchor: 'start', fill: '#333' },
        text: ({ aim, share }) => `${share.toFixed(2)} of the limit: ${aim}`,
      }),
    ],
  });
  return `${svg.outerHTML.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')}\n`;
}
