/**
 * Finds a Prometheus for tests, and as a command (`node scripts/find-prometheus.mjs`) installs one from the
 * distribution if there is none and prints its path. promtool comes in the same package.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installFromDistribution, onPath } from './find-chromium.mjs';

/** Paths of prometheus (the one named in the environment, or the system's) and of promtool; undefined where missing. */
export function findPrometheus() {
  const named = process.env.OUTSAMPLE_PROMETHEUS;
  if (named && !existsSync(named)) {
    console.error(`OUTSAMPLE_PROMETHEUS names ${named}, which does not exist.`);
    process.exit(1);
  }
  const prometheus = named || onPath('prometheus');
  const beside = prometheus && join(dirname(prometheus), 'promtool');
  const promtool = beside && existsSync(beside) ? beside : onPath('promtool');
  return { prometheus, promtool };
}

function ensurePrometheus() {
  if (findPrometheus().prometheus === undefined)
    installFromDistribution('--no-install-recommends', 'prometheus');
  return findPrometheus().prometheus;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = ensurePrometheus();
  if (path) console.log(path);
  else {
    console.error(
      'No Prometheus was found, and none could be installed: its test is skipped. Install it ' +
        '(for example `apt-get install prometheus`), or set OUTSAMPLE_PROMETHEUS to its path.',
    );
    process.exitCode = 1;
  }
}
