import * as Comlink from 'comlink';
import '../src/wire/progress.ts';
import { showLife } from './engines/life-browser.ts';
import { createEgress } from './services/egress.ts';

showLife();
// Started by its address it has no policy but its own (src/wire/spawn.ts): here, and only here, calls can leave the origin.
Comlink.expose(
  createEgress({
    fetch: (url, init) => fetch(url, init),
    isSecurePage: location.protocol === 'https:',
  }),
);
