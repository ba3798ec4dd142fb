import type {
  LiveAccount,
  LiveBook,
  LiveEvent,
  LiveState,
} from '../../../src/domain/live/account.ts';
import type { BrokerFill } from '../../../src/domain/live/broker.ts';
import type { KnownIntent } from '../../../src/domain/live/intent.ts';
import type { Instant } from '../../../src/domain/units.ts';

/** A live account that lasts as long as this object: of a replay. */
export class MemoryBook implements LiveBook {
  readonly #account: LiveAccount;
  readonly #intents = new Map<string, KnownIntent>();
  readonly #sentAt = new Map<string, Instant>();
  readonly #fills = new Map<string, BrokerFill>();
  readonly #events: LiveEvent[] = [];

  constructor(account: LiveAccount) {
    this.#account = account;
  }

  load(): Promise<LiveState> {
    return Promise.resolve({
      account: this.#account,
      intents: [...this.#intents.values()],
      sentAt: this.#sentAt,
      fills: [...this.#fills.values()],
      events: this.#events,
    });
  }

  write(intents: readonly KnownIntent[], at: Instant): Promise<void> {
    for (const intent of intents) {
      const { clientId } = intent.order;
      const before = this.#intents.get(clientId)?.state;
      this.#intents.set(clientId, intent);
      if (before === undefined || (intent.state === 'sending' && before !== 'sending'))
        this.#sentAt.set(clientId, at);
    }
    return Promise.resolve();
  }

  fill(fills: readonly BrokerFill[]): Promise<void> {
    for (const fill of fills) if (!this.#fills.has(fill.id)) this.#fills.set(fill.id, fill);
    return Promise.resolve();
  }

  note(event: LiveEvent): Promise<void> {
    this.#events.push(event);
    return Promise.resolve();
  }
}
