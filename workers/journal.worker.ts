import * as Comlink from 'comlink';
import { showLife } from './engines/life-browser.ts';
import { openBrowserStorage, startBrowserSqlite } from './engines/sqlite-browser.ts';
import { createJournal } from './services/journal/journal.ts';

showLife();
Comlink.expose(createJournal(startBrowserSqlite, openBrowserStorage));
