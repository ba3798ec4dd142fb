import * as Comlink from 'comlink';
import { showLife } from './engines/life-browser.ts';
import { tables } from './services/tables/service.ts';

showLife();
Comlink.expose(tables);
