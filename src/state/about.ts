import { version } from '../../package.json';
import { engineVersion, engineWasm } from '../domain/version.ts';

/** Somebody else's work that the page holds. */
export interface Shipped {
  readonly name: string;
  readonly version: string;
  /** As SPDX writes it. */
  readonly licence: string;
  readonly text: string;
}

/** What the page is, and what it is made of. */
export const about = { version, engine: engineVersion, wasm: engineWasm };

/** The list is made when the page is built. */
export async function shippedPackages(): Promise<readonly Shipped[]> {
  const response = await fetch('./licences.json');
  if (!response.ok) throw new Error(String(response.status));
  const { packages, texts } = (await response.json()) as {
    readonly packages: readonly (Omit<Shipped, 'text'> & { readonly text: number })[];
    readonly texts: readonly string[];
  };
  return packages.map((one) => ({ ...one, text: texts[one.text] ?? '' }));
}
