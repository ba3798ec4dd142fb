import fc from 'fast-check';
import { Gauge, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { expositionOf } from '../../../../src/present/exposition.ts';
import type { Gauge as OwnGauge } from '../../../../src/domain/monitoring/gauges.ts';

it('writes the text format: help, type, samples, escapes, a newline at the end', async () => {
  const { text, contentType } = await expositionOf([
    {
      name: 'outsample_equity',
      help: 'A back\\slash and\na line.',
      samples: [{ labels: { study: 'say "hi"\\\n', strategy: 'x' }, value: 99_000.25 }],
    },
    { name: 'outsample_last_run_success', help: 'One.', samples: [{ labels: {}, value: 1 }] },
  ]);
  expect(text).toBe(
    [
      '# HELP outsample_equity A back\\\\slash and\\na line.',
      '# TYPE outsample_equity gauge',
      'outsample_equity{study="say \\"hi\\"\\\\\\n",strategy="x"} 99000.25',
      '',
      '# HELP outsample_last_run_success One.',
      '# TYPE outsample_last_run_success gauge',
      'outsample_last_run_success 1',
      '',
    ].join('\n'),
  );
  expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
});

it('has every byte of prom-client’s own gauges, whatever the labels and values', async () => {
  const label = fc.string({ unit: 'binary' });
  const samples = fc.uniqueArray(
    fc.record({
      labels: fc.record({ study: label, symbol: label }),
      value: fc.double({ noNaN: true }),
    }),
    { minLength: 1, maxLength: 5, selector: ({ labels }) => JSON.stringify(labels) },
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), samples, async (help, samples) => {
      const gauges: OwnGauge[] = [
        { name: 'outsample_a', help, samples },
        { name: 'outsample_b', help, samples: samples.slice(0, 1) },
      ];
      const registry = new Registry();
      for (const { name, help, samples } of gauges) {
        const labelNames = ['study', 'symbol'] as const;
        const gauge = new Gauge({ name, help, labelNames, registers: [registry] });
        for (const { labels, value } of samples) gauge.set(labels, value);
      }
      expect((await expositionOf(gauges)).text).toBe(await registry.metrics());
    }),
    { numRuns: 50 },
  );
});
