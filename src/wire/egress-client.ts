import { LabError } from '../domain/errors.ts';
import { pushPath } from '../domain/monitoring/pushgateway.ts';
import type { Delivery } from '../domain/monitoring/channels.ts';
import { callable } from './egress.ts';
import { unwrap } from './errors.ts';
import { targetOf } from './notices.ts';
import { inOneCall } from './one-call.ts';
import { type EgressWorker, spawnEgressWorker } from './spawn.ts';

/** Where a push goes: what a person confirms. */
export interface PushTarget {
  readonly origin: string;
  readonly url: string;
}

/** A study's place in the Pushgateway with this base address. */
export function pushTarget(address: string, study: string): PushTarget {
  const base = callable(address.trim());
  if (base.search !== '' || base.hash !== '') {
    throw new LabError({
      kind: 'network',
      problem: 'The address of a Pushgateway ends with its host or a path.',
      remedy: 'Leave out what follows ? or #.',
    });
  }
  const path = base.pathname.replace(/\/+$/, '');
  return { origin: base.origin, url: `${base.origin}${path}${pushPath(study)}` };
}

/** Pushes gauges to a confirmed address; the worker that may do so lives as long as the call. */
export async function push(
  { origin, url }: PushTarget,
  { text, contentType }: { readonly text: string; readonly contentType: string },
  signal?: AbortSignal,
  spawn: () => EgressWorker = spawnEgressWorker,
): Promise<void> {
  await inOneCall(
    spawn(),
    async (service) => {
      unwrap(await service.permit(origin));
      unwrap(await service.put(url, text, contentType));
    },
    signal,
  );
}

/** Sends a notice to a confirmed origin; the worker that may do so lives as long as the call. */
export async function notify(delivery: Delivery, signal?: AbortSignal): Promise<void> {
  await inOneCall(
    spawnEgressWorker(),
    async (service) => {
      unwrap(await service.permit(targetOf(delivery.channel, delivery.secrets).origin));
      unwrap(await service.notify(delivery));
    },
    signal,
  );
}
