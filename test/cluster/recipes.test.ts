import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onPath } from '../../scripts/find-chromium.mjs';
import { bars, ended, filesIn, noting, outsample, start, workshop } from './on-this-machine.ts';
import { slurm } from './slurm.ts';

/** What docs/CLUSTER.md tells to type, between these marks. */
function recipe(name: string): string {
  const text = readFileSync('docs/CLUSTER.md', 'utf8');
  const [, code] =
    new RegExp(`<!-- recipe: ${name} -->\\s*\`\`\`sh\\n([^]*?)\`\`\``).exec(text) ?? [];
  if (code === undefined) throw new Error(`docs/CLUSTER.md has no recipe ${name}.`);
  return code;
}

/** The recipes' folder: prices/, study.json, and the command on the path. */
async function asInRecipes(): Promise<{ folder: string; sh: (code: string) => Promise<string> }> {
  const folder = workshop();
  const { command } = noting(folder);
  const sh = async (code: string): Promise<string> => {
    const { code: status, out, err } = await ended(start(folder, 'sh', '-ec', code));
    if (status !== 0) throw new Error(err);
    return out;
  };
  await sh(`mkdir path prices && ln -s '${command}' path/outsample && cp '${bars}' prices/`);
  return { folder, sh: (code) => sh(`PATH='${folder}/path':$PATH\n${code}`) };
}

const searched = ['search', 'study.json', '--data', 'prices', '--out', 'one'];

describe.skipIf(onPath('parallel') === undefined)('GNU parallel', () => {
  it('makes the shards, and they become what one machine writes', async () => {
    const { folder, sh } = await asInRecipes();
    const one = await outsample(folder, ...searched);
    expect(await sh(recipe('parallel'))).toContain(one.out);
    expect(filesIn(join(folder, 'results'))).toEqual(filesIn(join(folder, 'one')));
  });
});

describe.skipIf(onPath('slurmctld') === undefined || process.getuid?.() !== 0)('Slurm', () => {
  it('makes the shards in an array, and they become what one machine writes', async () => {
    const { folder, sh } = await asInRecipes();
    const conf = await slurm(folder);
    const one = await outsample(folder, ...searched);
    await sh(`cp '${resolve('cluster/slurm/shards.sbatch')}' .`);
    const out = await sh(`export SLURM_CONF='${conf}'\n${recipe('slurm')}`);
    expect(out).toContain(one.out);
    expect(readdirSync(join(folder, 'shards'))).toHaveLength(8);
    expect(filesIn(join(folder, 'results'))).toEqual(filesIn(join(folder, 'one')));
  });
});
