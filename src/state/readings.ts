import { ofItsColumns, saidOf } from '../domain/reading.ts';
import type { InputFile, Understood } from '../wire/lab.ts';
import { keep, kept } from './kept.ts';

/** What a person says of how a file is read. */
export type Said = Partial<Omit<InputFile, 'name' | 'content'>>;

/** As many are kept: the oldest go. */
const most = 100;

/** How files were read that this browser has seen, by their columns. */
export class RememberedReadings {
  readonly #known: Map<string, Said>;

  constructor() {
    this.#known = new Map(parsed(kept('readings')));
  }

  /** Undefined where none of these columns was imported before. */
  of(file: Understood): Said | undefined {
    return file.error === null || file.columns.length > 0
      ? this.#known.get(keyOf(file))
      : undefined;
  }

  remember(looked: Understood, { role, dateOrder, ...file }: InputFile): void {
    const key = keyOf(looked);
    this.#known.delete(key);
    this.#known.set(key, {
      ...(role && { role }),
      ...(dateOrder && { dateOrder }),
      ...ofItsColumns(saidOf(file)),
    });
    keep('readings', JSON.stringify([...this.#known].slice(-most)));
  }
}

const keyOf = ({ columns }: Understood): string => columns.join('\n').slice(0, 1_000);

function parsed(text: string | null): [string, Said][] {
  try {
    return text === null ? [] : (JSON.parse(text) as [string, Said][]);
  } catch {
    return [];
  }
}
