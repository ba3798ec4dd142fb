import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { unwrap } from '../../src/protocol/errors.ts';
import type { InputFile } from '../../src/protocol/lab.ts';
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createLab } from '../../workers/services/lab.ts';

it('probe', async () => {
  const files: InputFile[] = ['bars', 'attention', 'macro', 'universe'].map((role) => ({
    name: `${role}.csv.gz`,
    content: new Blob([readFileSync(`datasets/synthetic-2014-2023/${role}.csv.gz`)]),
  }));
  const lab = createLab(() => startNodeEngine());
  unwrap(await lab.importFiles(files, () => undefined));
  for (const learning of [{}, { gScore: true, panic: false }, { regimes: true, panic: false }, { gScore: true, regimes: true }]) {
    const t = performance.now();
    const found = unwrap(await lab.learn({ strategy: { id: 'harvester' }, size: { rule: 'atr-risk' }, validation: { learning } }, () => undefined));
    console.log(JSON.stringify(learning), Math.round(performance.now() - t), 'ms');
    for (const c of found.coefficients) console.log(c.name, c.fixed, [...c.value].map((v, i) => `${v.toFixed(2)}±${c.error[i]!.toFixed(2)}`).join(' '));
    console.log(found.observations.join(' '), found.explained.map((e) => e?.toFixed(4)).join(' '));
    if (found.regimes) for (const r of found.regimes.slice(0, 4)) console.log(r.deviation.map((d) => d.toFixed(4)).join(' '), r.mean.map((d) => d.toFixed(4)).join(' '), r.share.map((d) => d.toFixed(2)).join(' '));
    console.log(found.learned.quick, found.fixed.quick, found.significance, found.verdict, found.sentence, found.notes);
  }
}, 300_000);
