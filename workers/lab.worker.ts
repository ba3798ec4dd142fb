import * as Comlink from 'comlink';
import { logged } from '../src/wire/log/calls.ts';
import { tellingOfLab } from '../src/wire/log/tellings.ts';
import { logToPage } from '../src/wire/log/worker.ts';
import '../src/wire/progress.ts';
import { startBrowserEngine } from './engines/duckdb-browser.ts';
import { showLife } from './engines/life-browser.ts';
import { startBrowserTrials } from './engines/trials-browser.ts';
import { createLab } from './services/lab.ts';
import { asBlob } from './services/tables/write.ts';

showLife();
logToPage();

// DuckDB loses some failures (wasm that cannot be fetched) in a promise: as an error they reach the page.
addEventListener('unhandledrejection', ({ reason }) => {
  queueMicrotask(() => {
    throw reason;
  });
});

const lab = createLab(startBrowserEngine, () => performance.now(), startBrowserTrials, asBlob);
Comlink.expose(logged('lab', lab, tellingOfLab));
