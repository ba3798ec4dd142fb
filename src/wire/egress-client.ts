import { LabError } from '../domain/errors.ts';
import type { AccountView } from '../domain/live/alpaca-view.ts';
import type { Delivery } from '../domain/monitoring/channels.ts';
import { pushPath } from '../domain/monitoring/pushgateway.ts';
import type { Collected, Query } from '../domain/sources/source.ts';
import { type AccountKeys, type Outline, type RemoteFile, callable } from './egress.ts';
import { unwrap } from './errors.ts';
import type { CallOptions, OnProgress, Reply } from './lab.ts';
import { targetOf } from './notices.ts';
import { inOneCall } from './one-call.ts';
import { reporting } from './progress.ts';
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

/** What is known of each file before it is fetched; of confirmed origins alone. */
export const lookAt = (
  addresses: readonly string[],
  { signal }: CallOptions,
): Promise<readonly (Outline | null)[]> =>
  calling(addresses, signal, (service) =>
    Promise.all(addresses.map(async (address) => unwrap(await service.look(address)))),
  );

/** Each file, or why it did not come; of confirmed origins alone. An abort ends all. */
export const getAll = (
  addresses: readonly string[],
  { signal, onProgress }: Required<CallOptions>,
): Promise<readonly Reply<RemoteFile>[]> =>
  calling(addresses, signal, (service) => {
    const ratios = addresses.map(() => 0);
    return Promise.all(
      addresses.map((address, i) => {
        const told: OnProgress = (at) => {
          ratios[i] = at.ratio;
          onProgress({ ...at, ratio: ratios.reduce((a, b) => a + b) / ratios.length });
        };
        return reporting(told, async (progress) => service.get(address, progress));
      }),
    );
  });

/** A source’s answers as one file; `origin` is its own or stands in for it, and is confirmed. */
export const collectFrom = (
  query: Query,
  origin: string,
  { signal, onProgress }: Required<CallOptions>,
): Promise<Collected> =>
  calling([origin], signal, async (service) =>
    unwrap(
      await reporting(onProgress, async (progress) =>
        service.collect(query, new Date().toISOString(), progress),
      ),
    ),
  );

/** A broker's account, read from its host, which is confirmed. */
export const readAccount = (
  host: string,
  keys: AccountKeys,
  { signal }: CallOptions,
): Promise<AccountView> =>
  calling([host], signal, async (service) => unwrap(await service.account(host, keys)));

/** Permits the addresses’ origins in a worker that lives as long as the work. */
const calling = <T>(
  addresses: readonly string[],
  signal: AbortSignal | undefined,
  work: (service: EgressWorker['service']) => Promise<T>,
): Promise<T> =>
  inOneCall(
    spawnEgressWorker(),
    async (service) => {
      for (const origin of new Set(addresses.map((address) => callable(address).origin)))
        unwrap(await service.permit(origin));
      return work(service);
    },
    signal,
  );
