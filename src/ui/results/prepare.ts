import { inOwnFrame } from '../frames.ts';

/**
 * Fetches the code that shows results while a run computes and the page is idle, and draws charts of two days that
 * nobody sees: what draws is compiled by then, and no task is long when the results come.
 */
export async function prepareResults(): Promise<void> {
  const [charts] = await Promise.all([
    import('../../present/charts/index.ts'),
    import('./Metrics.svelte'),
    import('./Details.svelte'),
    import('../history/PinButton.svelte'),
  ]);
  const day = Int32Array.of(0, 1);
  const close = Float64Array.of(1, 2);
  const money = { day, equity: close, benchmark: close, initialCash: 1 };
  const signal = { day, value: close, close, threshold: 1 };
  const size = [640, 300] as const;
  const drawings = [
    () => charts.equityChart(money, ...size, { log: false, compare: true }),
    () => charts.underwaterChart(money, ...size),
    () => charts.signalChart(signal, [{ day: 1, side: 1 }], [0, 1], ...size),
  ];
  for (const draw of drawings) await inOwnFrame(() => charts.plot(draw().options));
}
