/** Walk-forward, the look-ahead audit, all examinations of a run, and PBO: as the page asks for them. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.mjs';

/** The default demo's files under /data/: by name for the browser, and read for Node. */
export function copyDemo(data) {
  const demo = ['bars', 'macro'].map((role) => ({ name: `demo-${role}.csv`, role }));
  for (const { name, role } of demo)
    copyFileSync(join(root, `datasets/us-indices-2014-2018/${role}.csv`), join(data, name));
  const content = ({ name }) => new Blob([readFileSync(join(data, name))]);
  return { demo, files: demo.map((file) => ({ ...file, content: content(file) })) };
}

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
  const { demo, files } = copyDemo(data);
  await both(
    'lookAhead',
    () => bench.lookAhead(files),
    () => chromium.call('lookAheadOf', demo),
  );
  await both(
    'examine',
    () => bench.examine(files),
    () => chromium.call('examineOf', demo),
  );
  await both(
    'pbo',
    () => bench.timePbo(),
    () => chromium.call('timePbo'),
  );
  return found;
}
