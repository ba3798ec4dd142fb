#!/usr/bin/env node
/**
 * Makes src/ui/results/first-curve.json: the curve that stands on the empty page, of the first sample and the study that
 * goes with it, computed by the command.
 *
 *   node scripts/make-first-curve.mjs            # write it
 *   node scripts/make-first-curve.mjs --check    # compare with what is here; exit 1 on a difference
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const target = 'src/ui/results/first-curve.json';
const data = 'datasets/synthetic-2014-2023';
const study = {
  outsample: 1,
  strategy: { id: 'harvester' },
  size: { rule: 'atr-risk' },
};
/** Sessions from one point to the next. */
const every = 13;

const made = `${JSON.stringify(curve())}\n`;
if (!process.argv.includes('--check')) writeFileSync(target, made);
else if (readFileSync(target, 'utf8') !== made) {
  console.error(`${target} is of another result: node scripts/make-first-curve.mjs makes it anew.`);
  process.exit(1);
}

function curve() {
  const folder = mkdtempSync(join(tmpdir(), 'first-curve-'));
  try {
    const files = ['bars', 'attention', 'macro', 'universe'].flatMap((role) => [
      role === 'bars' ? '--data' : `--${role}`,
      `${data}/${role}.csv.gz`,
    ]);
    const printed = execFileSync(
      'node',
      ['bin/outsample.mjs', 'run', '-', ...files, '--json', '--out', folder],
      { input: JSON.stringify(study), stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1e8 },
    );
    const { digests, engine } = JSON.parse(printed.toString());
    const [head = '', ...rows] = readFileSync(join(folder, 'equity.csv'), 'utf8')
      .trim()
      .split('\r\n');
    const column = (name) => {
      const at = head.split(',').indexOf(name);
      return rows
        .map((row) => row.split(',')[at])
        .filter((_, i) => i % every === 0 || i === rows.length - 1);
    };
    const dates = column('date');
    const whole = (name) => column(name).map((value) => Math.round(Number(value)));
    return {
      engine: engine.outsample,
      digest: digests.equity,
      from: dates[0],
      to: dates.at(-1),
      equity: whole('equity'),
      hold: whole('buy_and_hold'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
