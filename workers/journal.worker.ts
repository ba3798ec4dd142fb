import * as Comlink from 'comlink';
import { openBrowserStorage, startBrowserSqlite } from './engines/sqlite-browser.ts';
import { createJournal } from './services/journal/journal.ts';

Comlink.expose(createJournal(startBrowserSqlite, openBrowserStorage));
