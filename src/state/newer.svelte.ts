import { type TakeOver, holdWhatWasUsed, serveOffline } from '../wire/offline.ts';

/** A newer version of the page that waits until it is asked for. */
export class NewerVersion {
  ready = $state(false);
  /** Other tabs that must be closed first. */
  others = $state(0);
  #takeOver: TakeOver | null = null;

  constructor() {
    serveOffline((takeOver) => {
      this.#takeOver = takeOver;
      this.ready = true;
    }).catch(() => undefined); // A browser may forbid it: the page then needs a network.
  }

  hold(): void {
    void holdWhatWasUsed();
  }

  /** The page is loaded again, as the newer version. What is open comes back, as after any reload. */
  async take(): Promise<void> {
    this.others = (await this.#takeOver?.()) ?? 0;
  }
}
