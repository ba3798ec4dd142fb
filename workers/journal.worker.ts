import * as Comlink from 'comlink';
import { logged } from '../src/wire/log/calls.ts';
import { tellingOfJournal } from '../src/wire/log/tellings.ts';
import { logToPage } from '../src/wire/log/worker.ts';
import { showLife } from './engines/life-browser.ts';
import { openBrowserStorage, startBrowserSqlite } from './engines/sqlite-browser.ts';
import { createJournal } from './services/journal/journal.ts';

showLife();
logToPage();
const journal = createJournal(startBrowserSqlite, openBrowserStorage);
Comlink.expose(logged('journal', journal, tellingOfJournal));
