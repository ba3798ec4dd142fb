import type { LabErrorData } from '../domain/errors.ts';
import { queryOf, spanOf, symbolsOf } from '../domain/sources/query.ts';
import { sources } from '../domain/sources/registry.ts';
import type { Query, Source } from '../domain/sources/source.ts';
import { expanded, isTemplate } from '../domain/sources/template.ts';
import { type Outline, callable } from '../wire/egress.ts';
import { errorData } from '../wire/errors.ts';
import type { InputFile } from '../wire/lab.ts';
import { keep, kept } from './kept.ts';
import { Task } from './task.svelte.ts';

/** What a person wants to be fetched, checked, and what would be called for it. */
type Wanted = { readonly origins: readonly string[] } & (
  { readonly addresses: readonly string[] } | { readonly query: Query }
);

/** A file that did not come. */
interface Failed {
  readonly address: string;
  readonly error: LabErrorData;
}

const first = { phase: 'import', label: 'Calling', ratio: 0 } as const;
const key = 'origins';

/**
 * Files from addresses and sources. An origin is called once a person has confirmed it, which this browser remembers until
 * it is told to forget; keys stay in memory.
 */
export class RemoteState {
  readonly task = new Task();
  readonly sources = sources;
  /** A source’s id; '' for addresses. */
  source = $state('');
  addresses = $state('');
  symbols = $state('');
  from = $state('2015-01-01');
  to = $state(new Date().toISOString().slice(0, 10));
  /** What is called in place of a source; '' for its own origin. */
  origin = $state('');
  options = $state<Record<string, string>>({});
  /** By the variable that holds it in the command. */
  keys = $state<Record<string, string>>({});
  /** Origins that may be called. */
  confirmed = $state.raw<readonly string[]>(remembered());
  /** Why what was typed cannot be asked for. */
  fault = $state.raw<LabErrorData | null>(null);
  /** What waits for a yes, and the origins that need one. */
  asked = $state.raw<readonly string[] | null>(null);
  /** Parquet files as their footers tell of them, which wait for another yes. */
  outlines = $state.raw<readonly { address: string; outline: Outline }[] | null>(null);
  failed = $state.raw<readonly Failed[]>([]);
  /** Files that came beside others that did not. */
  came = $state.raw<readonly InputFile[]>([]);
  #wanted: Wanted | null = null;

  /** Takes the files, once they are there; they are read as those that a person chooses. */
  deliver: (files: readonly InputFile[]) => void = () => undefined;

  get chosen(): Source | undefined {
    return sources.find(({ id }) => id === this.source);
  }

  /** Symbols and dates are wanted. */
  get hasSpan(): boolean {
    return this.chosen !== undefined || isTemplate(this.addresses);
  }

  /** Works out what would be called; calls it where all of it has been confirmed. */
  async ask(): Promise<void> {
    this.withdraw();
    try {
      this.#wanted = this.#read();
    } catch (error) {
      this.fault = errorData(error);
      return;
    }
    const open = this.#wanted.origins.filter((origin) => !this.confirmed.includes(origin));
    if (open.length > 0) this.asked = open;
    else await this.#go();
  }

  /** The person has said yes. */
  async confirm(): Promise<void> {
    this.#remember([...this.confirmed, ...(this.asked ?? [])]);
    this.asked = null;
    await this.#go();
  }

  forget(origin: string): void {
    this.#remember(this.confirmed.filter((one) => one !== origin));
    this.withdraw();
  }

  /** Takes back what was asked, and what came of it. */
  withdraw(): void {
    this.asked = this.outlines = this.fault = this.#wanted = null;
    this.failed = this.came = [];
    this.task.error = null;
    this.task.cancelled = false;
  }

  /** Fetches what was looked at, or once more what did not come. */
  async fetch(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === null) return;
    this.outlines = null;
    const { getAll, collectFrom } = await import('../wire/egress-client.ts');
    const again = this.failed.map(({ address }) => address);
    this.failed = [];
    const done = await this.task.attempt(first, async (options) => {
      if ('query' in wanted) {
        const { name, csv, provenance } = await collectFrom(
          wanted.query,
          wanted.origins[0]!,
          options,
        );
        const address = provenance.addresses[0];
        return {
          files: [{ name, content: new Blob([csv]), ...(address && { address }) }],
          failed: [],
        };
      }
      const addresses = again.length > 0 ? again : wanted.addresses;
      const replies = await getAll(addresses, options);
      return {
        files: replies.flatMap((one) => (one.ok ? [one.value] : [])),
        failed: replies.flatMap((one, i) =>
          one.ok ? [] : [{ address: addresses[i]!, error: one.error }],
        ),
      };
    });
    if (done === null) return;
    this.came = [...this.came, ...done.files];
    this.failed = done.failed;
    if (done.failed.length === 0) this.take();
  }

  /** Hands over what came. */
  take(): void {
    const files = this.came;
    this.withdraw();
    this.deliver(files);
  }

  async #go(): Promise<void> {
    const wanted = this.#wanted;
    if (wanted === null) return;
    if (
      'addresses' in wanted &&
      wanted.addresses.some((one) => /\.(parquet|pq)$/i.test(callable(one).pathname))
    ) {
      const { lookAt } = await import('../wire/egress-client.ts');
      const found = await this.task.attempt({ ...first, label: 'Looking at Parquet' }, (options) =>
        lookAt(wanted.addresses, options),
      );
      if (found === null) return;
      const outlines = wanted.addresses.flatMap((address, i) => {
        const outline = found[i] ?? null;
        return outline === null ? [] : [{ address, outline }];
      });
      if (outlines.length > 0) {
        this.outlines = outlines;
        return;
      }
    }
    await this.fetch();
  }

  #read(): Wanted {
    const { chosen, symbols, from, to, options, keys } = this;
    if (chosen !== undefined) {
      const query = queryOf(chosen, {
        symbols,
        from,
        to,
        options: Object.fromEntries(
          chosen.options.map(({ name, standard }) => [
            name,
            options[`${chosen.id} ${name}`] ?? standard,
          ]),
        ),
        keys: chosen.keys.map(({ variable }) => keys[variable] ?? ''),
        origin: this.origin,
      });
      return { query, origins: [callable(query.origin ?? chosen.origin).origin] };
    }
    const lines = this.addresses.split(/\s+/).filter(Boolean);
    const addresses = lines.flatMap((line) => {
      if (!isTemplate(line)) return [line];
      const [begin, end] = spanOf(from, to);
      return expanded(line, { symbols: symbolsOf(symbols), from: begin, to: end }).map(
        ({ address }) => address,
      );
    });
    return { addresses, origins: [...new Set(addresses.map((one) => callable(one).origin))] };
  }

  #remember(origins: readonly string[]): void {
    this.confirmed = [...new Set(origins)].sort();
    keep(key, JSON.stringify(this.confirmed));
  }
}

function remembered(): string[] {
  try {
    const found: unknown = JSON.parse(kept(key) ?? '[]');
    return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
