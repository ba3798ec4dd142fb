/** Ctrl+C cancels what is newest; a second one ends the process. */
export function onInterrupt(cancel: () => void): void {
  newest = cancel;
  process.off('SIGINT', cancelNewest).once('SIGINT', cancelNewest);
}
let newest = (): void => undefined;
const cancelNewest = (): void => {
  newest();
};

/** Does what Ctrl+C cancels. */
export function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  onInterrupt(() => {
    controller.abort();
  });
  return work(controller.signal);
}
