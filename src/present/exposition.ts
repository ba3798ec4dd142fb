import Registry from 'prom-client/lib/registry.js';
import type { Gauge } from '../domain/monitoring/gauges.ts';

/** Gauges in Prometheus' text format (prometheus.io/docs/instrumenting/exposition_formats), and its content type. */
export interface Exposition {
  readonly text: string;
  readonly contentType: string;
}

/**
 * Written by prom-client's registry, the same on the page and in the command. Its own Gauge needs Node's util, and
 * only to phrase errors, so the registry gets the samples as they are.
 */
export async function expositionOf(gauges: readonly Gauge[]): Promise<Exposition> {
  const registry = new Registry();
  for (const { name, help, samples } of gauges) {
    const metric = { name, help, type: 'gauge', values: samples } as const;
    registry.registerMetric({ name, get: () => Promise.resolve(metric) });
  }
  return { text: await registry.metrics(), contentType: registry.contentType };
}
