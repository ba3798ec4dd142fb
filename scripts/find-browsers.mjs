/**
 * Finds the browsers in which bits are compared. As a command it prints them; `node scripts/find-browsers.mjs --install`
 * first tries to install what is missing, from the distribution.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium, findChromium, installFromDistribution, onPath } from './find-chromium.mjs';

/**
 * By engine: the paths it needs, or what is `missing`.
 * @returns {Record<'chromium' | 'firefox' | 'webkit', Record<string, string>>}
 */
export function findBrowsers() {
  return {
    chromium: found({ path: findChromium() }, 'Chromium (Debian: chromium)'),
    firefox: found({ path: findFirefox() }, 'Firefox (Debian: firefox-esr)'),
    webkit: found(
      { driver: onPath('WebKitWebDriver'), browser: findMiniBrowser(), screen: onPath('Xvfb') },
      'WebKitWebDriver, MiniBrowser or Xvfb (Debian: webkit2gtk-driver xvfb)',
    ),
  };
}

/** Installs what is missing, where that can be done. */
export function installBrowsers() {
  const { chromium, firefox, webkit } = findBrowsers();
  if (chromium.missing) ensureChromium();
  if (firefox.missing) installFromDistribution('firefox-esr');
  if (webkit.missing) installFromDistribution('webkit2gtk-driver', 'xvfb');
}

const found = (paths, otherwise) =>
  Object.values(paths).every(Boolean) ? paths : { missing: otherwise };

/** The one named in the environment, or the system's. */
function findFirefox() {
  const named = process.env.OUTSAMPLE_FIREFOX;
  return named && existsSync(named) ? named : (onPath('firefox-esr') ?? onPath('firefox'));
}

/** WebKitGTK's test browser: it stands in a folder of the library's, webkit2gtk-4.1 or the like. */
function findMiniBrowser() {
  const libraries = ['/usr/lib', '/usr/libexec', '/usr/lib64'].filter(existsSync);
  const folders = libraries.flatMap((library) => [library, ...below(library, /-linux-gnu/)]);
  return folders
    .flatMap((folder) => below(folder, /^webkit(2)?gtk-/))
    .map((folder) => join(folder, 'MiniBrowser'))
    .find(existsSync);
}

const below = (folder, name) =>
  readdirSync(folder)
    .filter((entry) => name.test(entry))
    .map((entry) => join(folder, entry));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--install')) installBrowsers();
  for (const [engine, paths] of Object.entries(findBrowsers())) {
    const { missing, ...rest } = paths;
    console.log(
      `${engine.padEnd(9)} ${missing ? `missing: ${missing}` : Object.values(rest).join(' ')}`,
    );
  }
}
