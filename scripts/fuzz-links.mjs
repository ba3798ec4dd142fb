/**
 * npm run fuzz-links [seconds] [seed]: damages links at random and expects each to be refused, or to be read as what
 * it says. Prints the seed of a failure, and the counts.
 */
import { loadBundled } from './load-bundled.mjs';

const [seconds = '60', given] = process.argv.slice(2);
const seed = given === undefined ? Date.now() % 2 ** 31 : Number(given);
const { encodeLink, payload, randomStream, survives } = await loadBundled(
  'test/property/link-fuzz.ts',
);

const link = encodeLink(payload());
const until = Date.now() + Number(seconds) * 1000;
const counts = { tried: 0, read: 0 };
for (; Date.now() < until; counts.tried++) {
  const stream = randomStream(seed, `link ${counts.tried}`);
  try {
    if (survives(link, (below) => stream.below(below))) counts.read++;
  } catch (error) {
    console.error(`Seed ${seed}, link ${counts.tried}:`, error);
    process.exit(1);
  }
}
console.log(
  `Seed ${seed}: ${counts.tried} damaged links, ${counts.read} read as what they say, all others refused.`,
);
