import * as Comlink from 'comlink';
import { startBrowserEngine } from './engines/duckdb-browser.ts';
import { createLab } from './services/lab.ts';

Comlink.expose(createLab(startBrowserEngine, () => performance.now()));
