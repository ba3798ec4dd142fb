/** Walk-forward, the look-ahead audit and PBO: one call each, as the page makes it. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.mjs';

export async function measureValidation({ node, chromium, csv, blob, data }) {
  const bench = node?.nodeWorkbench();
  const found = {};
  const both = async (name, inNode, inChromium) => {
    found[name] = {};
    if (bench) found[name].node = await inNode();
    if (!chromium) return;
    await chromium.fresh();
    found[name].chromium = await inChromium();
    const { node: first, chromium: second } = found[name];
    if (first && JSON.stringify(first.digests) !== JSON.stringify(second.digests))
      throw new Error(`${name}: Node and Chromium differ.`);
  };
  await both(
    'walkForward',
    async () => {
      await bench.importCsv(csv.name, blob);
      return bench.walkForward();
    },
    async () => {
      await chromium.call('importFrom', csv.name);
      return chromium.call('walkForward');
    },
  );
  const demo = ['bars', 'macro'].map((role) => ({ name: `demo-${role}.csv`, role }));
  for (const { name, role } of demo)
    copyFileSync(join(root, `datasets/us-indices-2014-2018/${role}.csv`), join(data, name));
  await both(
    'lookAhead',
    () => {
      const read = ({ name }) => new Blob([readFileSync(join(data, name))]);
      return bench.lookAhead(demo.map((file) => ({ ...file, content: read(file) })));
    },
    () => chromium.call('lookAheadOf', demo),
  );
  await both(
    'pbo',
    () => bench.timePbo(),
    () => chromium.call('timePbo'),
  );
  return found;
}
