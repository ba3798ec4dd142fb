/**
 * Finds a Chromium for tests, and as a command (`node scripts/find-chromium.mjs`) installs one if there is none
 * and prints its path.
 */
import { chromium } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const isRoot = process.getuid?.() === 0;

export const chromiumArgs = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of a Chromium on this machine: the one named in the environment, Playwright's own, the system's. */
export function findChromium() {
  const { OUTSAMPLE_CHROMIUM, CHROME_PATH } = process.env;
  const named = OUTSAMPLE_CHROMIUM || CHROME_PATH;
  if (named) {
    if (existsSync(named)) return named;
    console.error(`OUTSAMPLE_CHROMIUM or CHROME_PATH names ${named}, which does not exist.`);
    process.exit(1);
  }
  const own = chromium.executablePath();
  return existsSync(own) ? own : names.map(onPath).find(Boolean);
}

/** Path of a command; undefined where there is none. */
export function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Its output goes to stderr: stdout is for the path. */
function run(command, ...args) {
  console.error(`Missing; trying: ${command} ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(command, args, { stdio: ['ignore', 2, 2], timeout: 5 * 60_000, env });
}

/** Where there is apt, and the right to use it. */
export function installFromDistribution(...packages) {
  if (!onPath('apt-get')) return;
  const sudo = isRoot || !onPath('sudo') ? [] : ['sudo', '-n'];
  for (const args of [['update'], ['install', '-y', ...packages]]) {
    const [command = 'apt-get', ...rest] = [...sudo, 'apt-get', ...args];
    run(command, ...rest);
  }
}

export function ensureChromium() {
  const installers = [
    () => run('npx', 'playwright', 'install', 'chromium'),
    () => installFromDistribution('chromium'),
  ];
  for (const install of installers) {
    if (findChromium()) break;
    install();
  }
  return findChromium();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = ensureChromium();
  if (path) console.log(path);
  else {
    console.error(
      'The browser tests need Chromium, and none could be installed. Install it ' +
        '(for example `apt-get install chromium` or `npx playwright install chromium`), ' +
        'or set OUTSAMPLE_CHROMIUM to its path.',
    );
    process.exitCode = 1;
  }
}
