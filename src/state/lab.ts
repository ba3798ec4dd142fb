import type { CallLab } from '../wire/lab.ts';
import type { LabClient } from '../wire/lab-client.ts';

/** Fetches the client and starts its worker at the first sign of intent, never before. */
export class Lab {
  #client: Promise<LabClient> | null = null;

  prepare(): Promise<LabClient> {
    this.#client ??= import('../wire/lab-client.ts').then(({ LabClient }) => {
      const client = new LabClient();
      client.start();
      return client;
    });
    this.#client.catch(() => (this.#client = null)); // Offline, say: the next attempt fetches again.
    return this.#client;
  }

  readonly call: CallLab = async (method, given, options) => {
    const client = await this.prepare();
    return client.call(method, given, options);
  };
}
