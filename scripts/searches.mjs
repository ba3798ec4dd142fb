/**
 * npm run searches: what each method of search finds for how many sessions simulated, on studies over datasets/.
 * A table on stdout, progress on stderr.
 *   --seeds 10 --costs 36,108
 */
import { parseArgs } from 'node:util';
import { loadBundled } from './load-bundled.mjs';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10' },
    costs: { type: 'string', default: '36,108' },
  },
});
const seeds = Number(values.seeds);
const costs = values.costs.split(',').map(Number);
if (![seeds, ...costs].every((one) => Number.isInteger(one) && one > 0)) {
  console.error('--seeds wants a whole number above 0, --costs some of them with commas between.');
  process.exit(2);
}

const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

const { contenders, labOn, scoreOf, subjects } = await loadBundled('test/bench/searches.ts');
for (const subject of subjects) {
  const lab = await labOn(subject.dataset);
  console.log(`\n${subject.name}\n`);
  console.log('| search | sets on the whole range | best Sharpe ratio, mean | worst | best | s |');
  console.log('| --- | --: | --: | --: | --: | --: |');
  for (const cost of costs)
    for (const contender of contenders) {
      if (contender.name.includes('symbols') && subject.fewSymbols) continue;
      if (!contender.seeded && cost !== costs[0]) continue;
      const scores = [];
      for (let seed = 1; seed <= (contender.seeded ? seeds : 1); seed++) {
        process.stderr.write(
          `\r${subject.dataset}: ${contender.name}, ${cost}, seed ${seed}      `,
        );
        scores.push(await scoreOf(lab, subject, contender, cost, seed));
      }
      const found = scores.map(({ best }) => best ?? 0);
      const figures = [mean(scores.map((one) => one.cost)).toFixed(1)]
        .concat([mean(found), Math.min(...found), Math.max(...found)].map((one) => one.toFixed(3)))
        .concat((mean(scores.map((one) => one.milliseconds)) / 1000).toFixed(2));
      console.log(`| ${[contender.name, ...figures].join(' | ')} |`);
    }
}
process.stderr.write('\n');
process.exit(0);
