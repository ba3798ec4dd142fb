/** The JavaScript that index.html loads before anything else, scripts and preloads, gzipped, has a limit. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const limit = 120 * 1024;
const html = readFileSync('dist/index.html', 'utf8');
const files = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path]) => path);
if (files.length === 0) throw new Error('dist/index.html loads no script.');

let total = 0;
for (const file of files) {
  const { length } = gzipSync(readFileSync(`dist/${file}`));
  total += length;
  console.log(`${kilobytes(length)}  ${file}`);
}
console.log(
  `${kilobytes(total)}  first-visit JavaScript, gzipped; the limit is ${kilobytes(limit)}`,
);
if (total > limit) process.exitCode = 1;

function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`.padStart(9);
}
