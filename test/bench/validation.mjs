/** Walk-forward, the look-ahead audit and PBO: one call each, as the page makes it. */
export async function measureValidation({ node, chromium, csv, blob }) {
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
  return found;
}
