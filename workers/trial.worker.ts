import * as Comlink from 'comlink';
import { showLife } from './engines/life-browser.ts';
import { createTrialService } from './services/trial-job.ts';

showLife();

// The page's one message brings the port on which the lab calls.
addEventListener(
  'message',
  ({ data }: MessageEvent<MessagePort>) => Comlink.expose(createTrialService(), data),
  { once: true },
);
