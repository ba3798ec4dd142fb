/** The workbench on the page's engine, in a worker built as the page's own is. */
import * as Comlink from 'comlink';
import { startBrowserEngine } from '../../workers/engines/duckdb-browser.ts';
import { startBrowserTrials } from '../../workers/engines/trials-browser.ts';
import { createWorkbench } from './workbench.mjs';

const workbench = createWorkbench(startBrowserEngine, startBrowserTrials);
Comlink.expose({
  ...workbench,
  async importFrom(name) {
    const response = await fetch(`/data/${name}`);
    return workbench.importCsv(name, await response.blob());
  },
  lookAheadOf: async (files) => workbench.lookAhead(await fetched(files)),
  examineOf: async (files) => workbench.examine(await fetched(files)),
});

const fetched = (files) =>
  Promise.all(
    files.map(async ({ name, role }) => ({
      name,
      role,
      content: await (await fetch(`/data/${name}`)).blob(),
    })),
  );
