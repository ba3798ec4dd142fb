import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomStream } from '../../src/domain/random.ts';
import type { Attack, Attempt } from './attack.ts';
import { browsers } from './browsers.ts';
import { determinism } from './determinism.ts';
import { expressions } from './expressions.ts';
import { histories } from './histories.ts';
import { inputs } from './inputs.ts';
import { files, links, secretsInNames, strangersLinks } from './links.ts';
import { failed } from './outcome.ts';
import { argumentLists, devices, kills, ledgers } from './processes.ts';
import { studies } from './studies.ts';

/** All of the attack, in the order of docs/ROBUSTNESS.md. */
export const attacks: readonly Attack[] = [
  inputs,
  studies,
  expressions,
  links,
  strangersLinks,
  files,
  histories,
  secretsInNames,
  argumentLists,
  devices,
  ledgers,
  kills,
  determinism,
  browsers,
];

/** Puts cases of a class to Outsample, by their number; what they throw is a failure. */
export async function begin(
  { name, begin }: Attack,
  seed: number,
): Promise<(place: number) => Promise<Attempt>> {
  const attempt = await begin();
  return async (place) => {
    let made: string | undefined;
    try {
      return await attempt({
        place,
        stream: randomStream(seed, `${name} ${place}`),
        folder: () => (made ??= mkdtempSync(join(tmpdir(), 'outsample-attack-'))),
      });
    } catch (error) {
      const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { tried: '', outcome: failed(why) };
    } finally {
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
    }
  };
}
