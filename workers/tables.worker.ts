import * as Comlink from 'comlink';
import { logged } from '../src/wire/log/calls.ts';
import { logToPage } from '../src/wire/log/worker.ts';
import { showLife } from './engines/life-browser.ts';
import { tables } from './services/tables/service.ts';

showLife();
logToPage();
Comlink.expose(logged('tables', tables));
