import * as Comlink from 'comlink';
import { showLife } from './engines/life-browser.ts';
import type { ReplayService } from './services/audit/replays.ts';
import { createTrialService } from './services/trial-job.ts';

showLife();

/** The engine, and all that replays, come with the first call that needs them. */
let replays: Promise<ReplayService> | undefined;
async function replayService(): Promise<ReplayService> {
  const [{ createReplayService }, { startBrowserEngine }] = await Promise.all([
    import('./services/audit/replayers.ts'),
    import('./engines/duckdb-browser.ts'),
  ]);
  return createReplayService(() => startBrowserEngine(() => undefined));
}
const replaying = (): Promise<ReplayService> => (replays ??= replayService());

const service = {
  ...createTrialService(),
  open: async (...given: Parameters<ReplayService['open']>) => (await replaying()).open(...given),
  replay: async (...given: Parameters<ReplayService['replay']>) =>
    (await replaying()).replay(...given),
};

// The page's one message brings the port on which the lab calls.
addEventListener(
  'message',
  ({ data }: MessageEvent<MessagePort>) => Comlink.expose(service, data),
  {
    once: true,
  },
);
