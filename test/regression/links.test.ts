import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { studyOf } from '../../src/domain/link/create.ts';
import { openOutsampleFile } from '../../src/domain/link/outsample-file.ts';
import { engineVersion } from '../../src/domain/version.ts';
import { unwrap } from '../../src/wire/errors.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

/**
 * A link of every version ever released, named after its schema and its engine, and a file from when files were zips:
 * all are of Harvester's sample on the default dataset. Whoever raises a version adds a link by `outsample link`, and
 * leaves the others as they are.
 */
const folder = 'test/regression/links';
const links = readdirSync(folder).map((name) => {
  const [, schema, engine] = /^(s\d+|zip)-(.+)\.(?:txt|outsample)$/.exec(name)!;
  return { schema: schema!, engine, bytes: new Uint8Array(readFileSync(`${folder}/${name}`)) };
});
const quiet = () => undefined;

describe('links that were released', () => {
  const lab = createLab(startNodeEngine);
  beforeAll(async () => {
    const files = ['bars.csv', 'macro.csv'].map((name) => ({
      name,
      content: new Blob([readFileSync(`datasets/us-indices-2014-2018/${name}`)]),
    }));
    unwrap(await lab.importFiles(files, quiet));
  });

  it('have one of this version', () => {
    expect(links.map(({ engine }) => engine)).toContain(engineVersion);
  });

  it.each(links)('$schema of $engine opens, finds its data and is verified', async (link) => {
    if (link.schema !== 'zip')
      expect(Buffer.from(link.bytes).toString()).toContain(`#${link.schema}.`);
    const payload = openOutsampleFile(link.bytes);
    expect(payload.engine.outsample).toBe(link.engine);
    unwrap(await lab.run(studyOf(payload), quiet));
    const { verdict, data } = unwrap(await lab.verify(payload));
    expect(data).toBeNull();
    expect(verdict).toBe('exact'); // No version since has changed this study's digests.
  });
});
