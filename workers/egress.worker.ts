import * as Comlink from 'comlink';
import { createEgress } from './services/egress.ts';

// A worker that is loaded by its address has no policy but its own, so here, and only here, calls can leave the origin.
Comlink.expose(
  createEgress({
    fetch: (url, init) => fetch(url, init),
    isSecurePage: location.protocol === 'https:',
  }),
);
