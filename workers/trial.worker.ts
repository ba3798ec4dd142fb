import * as Comlink from 'comlink';
import { createTrialService } from './services/trial-job.ts';

// The page's one message brings the port on which the lab calls.
addEventListener(
  'message',
  ({ data }: MessageEvent<MessagePort>) => Comlink.expose(createTrialService(), data),
  { once: true },
);
