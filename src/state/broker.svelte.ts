import { type AccountView, alpacaHosts } from '../domain/live/alpaca-view.ts';
import { alpaca } from '../domain/sources/alpaca.ts';
import type { JournalClient } from '../wire/journal-client.ts';
import { Task } from './task.svelte.ts';

const first = { phase: 'import', label: 'Calling Alpaca', ratio: 0 } as const;

/**
 * An account at Alpaca, read and never traded. Its keys stay in memory, or are those of the encrypted journal where none are
 * typed; the host is called once a person has confirmed it in this visit.
 */
export class BrokerState {
  readonly task = new Task();
  /** Of Alpaca; '' where `proxy` stands in for it. */
  host = $state<string>(alpacaHosts.paper);
  proxy = $state('');
  id = $state('');
  secret = $state('');
  view = $state.raw<AccountView | null>(null);
  /** It waits for a yes to call the host. */
  asks = $state(false);
  /** Neither typed nor in the journal. */
  lacksKeys = $state(false);
  readonly #confirmed = new Set<string>();

  constructor(private readonly journal: () => Promise<JournalClient>) {}

  /** What is called. */
  get called(): string {
    return this.host === '' ? this.proxy.trim() : this.host;
  }

  /** Reads the account, once its host has been confirmed. */
  async read(): Promise<void> {
    this.lacksKeys = false;
    this.asks = !this.#confirmed.has(this.called);
    if (!this.asks) await this.#call();
  }

  async confirm(): Promise<void> {
    this.#confirmed.add(this.called);
    this.asks = false;
    await this.#call();
  }

  /** Forgets account, keys and the yes. */
  forget(): void {
    this.task.cancel();
    this.#confirmed.clear();
    this.view = null;
    this.id = this.secret = '';
    this.asks = this.lacksKeys = false;
    this.task.error = null;
  }

  async #call(): Promise<void> {
    const { called } = this;
    const keys = await this.#keys();
    this.lacksKeys = keys === null;
    if (keys === null) return;
    const { readAccount } = await import('../wire/egress-client.ts');
    this.view = await this.task.attempt(first, (options) => readAccount(called, keys, options));
  }

  async #keys(): Promise<{ readonly id: string; readonly secret: string } | null> {
    const { id, secret } = this;
    if (id.trim() !== '' && secret.trim() !== '') return { id: id.trim(), secret: secret.trim() };
    const journal = await this.journal();
    const kept = await journal.call('secrets').catch((): Readonly<Record<string, string>> => ({}));
    const [keptId, keptSecret] = alpaca.keys.map(({ variable }) => kept[variable]);
    return keptId && keptSecret ? { id: keptId, secret: keptSecret } : null;
  }
}
