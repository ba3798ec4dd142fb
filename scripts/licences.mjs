/** What is shipped of other people's work, and on which terms. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Licences that ask for no more than a notice. Another one is a decision: read it before it is added. */
const permissive = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSL-1.0', // Boost; parts of @stdlib.
  'CC0-1.0',
  'Unlicense',
  'Zlib',
]);

/** Packages that name their licence in its text alone: read on 29 November 2026. */
const read = { 'json-bignum': 'MIT', 'svelte-toolbelt': 'MIT' };

/** Whether an SPDX expression of AND and OR allows what the list does. */
export const isPermissive = (/** @type {string} */ expression) =>
  expression
    .replace(/[()]/g, '')
    .split(' AND ')
    .every((part) => part.split(' OR ').some((one) => permissive.has(one.trim())));

/** @typedef {{ name: string, version: string, licence: string, text: string }} Shipped */

/** Whatever the folder of a package says of it. @returns {Shipped} */
export function packageAt(/** @type {string} */ folder) {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return { name: about.name, version: about.version, licence: licenceOf(about), text };
}

/** @returns {string} */
export const licenceOf = ({ name, license }) => license ?? read[name] ?? 'none is named';

/**
 * Packages that tables of ours are made from (docs/CALENDARS.md), and whose compiler puts parts of its own into what it
 * makes (kernels/).
 * @type {readonly Shipped[]}
 */
const carriedOver = [
  {
    name: 'exchange-calendars',
    version: '4.13.2',
    licence: 'Apache-2.0',
    text: readFileSync('src/domain/exchanges/LICENCE.txt', 'utf8').trim(),
  },
  packageAt('node_modules/assemblyscript'),
];

/** The package's folder that a module is in; null where it is our own. */
export function folderOf(/** @type {string} */ module) {
  const [, folder] =
    /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module.replace(/^\0/, '')) ?? [];
  return folder !== undefined && existsSync(join(folder, 'package.json')) ? folder : null;
}

/**
 * Two plugins that list the packages which the built page holds in licences.json: one is for the page, one for its workers,
 * which are built before. `also` are packages that are put in later.
 */
export function licences(/** @type {string[]} */ also = []) {
  /** @type {Set<string>} */
  const folders = new Set(also.map((name) => join('node_modules', name)));
  const collect = (bundle) => {
    for (const { modules = {} } of Object.values(bundle))
      for (const module of Object.keys(modules)) {
        const folder = folderOf(module);
        if (folder !== null) folders.add(folder);
      }
  };
  const worker = { name: 'licences-of-workers', generateBundle: (_, bundle) => collect(bundle) };
  const page = {
    name: 'licences',
    apply: 'build',
    generateBundle(_, bundle) {
      collect(bundle);
      const shipped = [...[...folders].map(packageAt), ...carriedOver];
      shipped.sort((a, b) => (a.name < b.name ? -1 : 1));
      const texts = [...new Set(shipped.map(({ text }) => text))]; // Many packages share one.
      const packages = shipped.map((one) => ({ ...one, text: texts.indexOf(one.text) }));
      const source = JSON.stringify({ packages, texts });
      this.emitFile({ type: 'asset', fileName: 'licences.json', source });
    },
  };
  return { page, worker };
}
