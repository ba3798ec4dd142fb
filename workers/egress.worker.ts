import * as Comlink from 'comlink';
import '../src/wire/progress.ts';
import { logged } from '../src/wire/log/calls.ts';
import { logToPage } from '../src/wire/log/worker.ts';
import { showLife } from './engines/life-browser.ts';
import { createEgress } from './services/egress.ts';

showLife();
logToPage();
// Started by its address it has no policy but its own (src/wire/spawn.ts): here, and only here, calls can leave the origin.
const egress = createEgress({
  fetch: (url, init) => fetch(url, init),
  isSecurePage: location.protocol === 'https:',
});
Comlink.expose(logged('egress', egress));
