/** Fetches the code that shows results while a run computes and the page is idle. */
export async function prepareResults(): Promise<void> {
  await Promise.all([
    import('./Metrics.svelte'),
    import('./Details.svelte'),
    import('../history/PinButton.svelte'),
  ]);
}
