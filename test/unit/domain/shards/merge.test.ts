/** Shards of answers made up: what belongs together, what is missing, and a bit that differs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReplayAnswer, TrialAnswer } from '../../../../src/domain/shards/answers.ts';
import { type JobWords, mergedAnswers } from '../../../../src/domain/shards/merge.ts';
import type { ShardHeader } from '../../../../src/domain/shards/header.ts';
import { jobsOf } from '../../../../src/domain/shards/part.ts';
import {
  type Shard,
  refuseMissing,
  refuseStrangers,
  spans,
} from '../../../../src/domain/shards/shard.ts';
import { defaultStudy } from '../../../../src/domain/study/study.ts';
import { engineVersion } from '../../../../src/domain/version.ts';

const jobs = { trials: 7, rotations: 3, replays: 4 };
const trial = (place: number): TrialAnswer => ({
  digest: `trial ${place}`,
  result: {
    ...{ totalReturn: place / 10, cagr: null, sharpe: 1 / (place + 1), sortino: null },
    ...{ maxDrawdown: -0.1, trades: place, winRate: 0.5, profitFactor: null, costs: 3 },
  },
  curve: {
    initialCash: 100,
    equity: Float64Array.of(100, 101 + place),
    entry: Int32Array.of(0),
    exit: Int32Array.of(1),
    net: Float64Array.of(1 + place),
  },
});
const replay = (place: number): ReplayAnswer => ({
  ...{ replay: 'cut', point: place, found: false, leftOutCurve: false },
});

function shard(k: number, of: number, header: Partial<ShardHeader> = {}): Shard {
  const part = { shard: k, of };
  return {
    file: `shard-${k}-of-${of}.arrow`,
    header: {
      ...{ format: 1, engine: engineVersion, command: 'audit', asked: { search: true }, ...part },
      ...{ study: defaultStudy(), studyDigest: 'study', fingerprint: 'data', sessions: 'range' },
      ...{ jobs, data: {} },
      ...header,
    },
    trials: jobsOf(jobs.trials, part).map(trial),
    rotations: jobsOf(jobs.rotations, part).map((rotation) => ({ rotation, sharpe: rotation / 7 })),
    replays: jobsOf(jobs.replays, part).map(replay),
  };
}
const shards = (of: number): Shard[] => Array.from({ length: of }, (_, i) => shard(i + 1, of));
const words: JobWords = {
  trial: (digest) => digest,
  replay: ({ replay, point }) => `${replay} at ${point}`,
};

describe('shards', () => {
  it('give all answers, in any order and any number of them', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 9 })
          .chain((of) =>
            fc.tuple(fc.shuffledSubarray(shards(of), { minLength: of }), fc.subarray(shards(of))),
          ),
        ([all, again]) => {
          const known = mergedAnswers([...all, ...again], words);
          for (let place = 0; place < jobs.trials; place++)
            expect(known.trial(`trial ${place}`)).toMatchObject(
              (({ digest: _, ...answer }) => answer)(trial(place)),
            );
          for (let place = 0; place < jobs.rotations; place++)
            expect(known.rotation(place)).toBe(place / 7);
          for (let point = 0; point < jobs.replays; point++)
            expect(known.replay({ replay: 'cut', point })).toMatchObject(replay(point));
          expect(() => known.trial('another')).toThrow('No shard has another.');
        },
      ),
    );
  });

  it('that differ by one bit where two have done the same are exposed', () => {
    const bits = new DataView(new ArrayBuffer(8));
    const flipped = (value: number, bit: number): number => {
      bits.setFloat64(0, value);
      bits.setUint8(bit >> 3, bits.getUint8(bit >> 3) ^ (1 << (bit & 7)));
      return bits.getFloat64(0);
    };
    /** The job that the first shard has done of the second one's. */
    const [first, second] = shards(2) as [Shard, Shard];
    const place = Number(second.trials[0]!.digest.slice(-1));
    const { result, curve } = trial(place);
    const columns = ['totalReturn', 'sharpe', 'maxDrawdown', 'trades', 'winRate', 'costs'] as const;
    const values = ['equity', 'net'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...columns, ...values), fc.nat(63), (name, bit) => {
        const wrong =
          name === 'equity' || name === 'net'
            ? { result, curve: { ...curve!, [name]: curve![name].map((x) => flipped(x, bit)) } }
            : { result: { ...result, [name]: flipped(result[name]!, bit) }, curve };
        const off = {
          ...second,
          trials: [{ digest: `trial ${place}`, ...wrong }, ...second.trials.slice(1)],
        };
        expect(() => mergedAnswers([first, off], words)).toThrow(
          new RegExp(
            `column “${name}.*trial ${place}: shard-1-of-2.arrow has .*, shard-2-of-2.arrow`,
          ),
        );
      }),
    );
    expect(() =>
      mergedAnswers(
        [first, { ...second, trials: [{ ...second.trials[0]!, result: { ...result, cagr: 0 } }] }],
        words,
      ),
    ).toThrow('shard-1-of-2.arrow has none, shard-2-of-2.arrow 0.');
    expect(() =>
      mergedAnswers([first, { ...second, rotations: [{ rotation: 1, sharpe: -0 }] }], words),
    ).toThrow(/rotation 2 of the signals: .* has 0.142\d+, .* -0/);
    expect(() =>
      mergedAnswers([first, { ...second, replays: [{ ...replay(2), found: true }] }], words),
    ).toThrow('cut at 2: shard-1-of-2.arrow has false, shard-2-of-2.arrow true.');
  });

  it('that left a replay out say nothing of it', () => {
    const [first, second] = shards(2) as [Shard, Shard];
    const silent = { ...first, replays: first.replays.map((one) => ({ ...one, found: null })) };
    for (const both of [
      [silent, second],
      [second, silent],
    ])
      expect(mergedAnswers(both, words).replay({ replay: 'cut', point: 2 }).found).toBe(false);
  });

  it.each([
    [
      { studyDigest: 'other' },
      'This shard is of another study than shard-1-of-2.arrow. Found “other”.',
    ],
    [{ fingerprint: 'other' }, 'is of other data than'],
    [{ sessions: 'other' }, 'is of another range than'],
    [
      { command: 'search' as const },
      'is of another command than shard-1-of-2.arrow. Found “search search=true”.',
    ],
    [{ asked: { search: false } }, 'is of another command than'],
    [{ jobs: { ...jobs, replays: 8 } }, 'counts other jobs than'],
    [
      { engine: '0.1.0' },
      `another version of the engine; this is ${engineVersion}. Found “0.1.0”.`,
    ],
  ])('that do not belong together are refused: %o', (header, said) => {
    expect(() => refuseStrangers([shard(1, 2), shard(2, 2, header)])).toThrow(said);
  });

  it('that lack answers are refused', () => {
    const [first, second] = shards(2) as [Shard, Shard];
    refuseStrangers([first, second]);
    expect(() => refuseStrangers([first, { ...second, rotations: [] }])).toThrow(
      'This shard has answers to 0 rotations; its part has 3.',
    );
  });

  it('that are missing are listed, with what makes them', () => {
    const there = shards(9).filter((_, i) => ![2, 4, 5, 6].includes(i));
    const command = (k: number) => `outsample audit … --shard ${k}/9 --out DIR`;
    expect(() => refuseMissing(there, 'DIR', command)).toThrow(
      'DIR: 4 of 9 shards are missing: 3, 5–7. Make them by the command that made the others: outsample audit … --shard 3/9 --out DIR, and the others so.',
    );
    expect(() => refuseMissing(shards(2).slice(1), 'DIR', command)).toThrow(
      'DIR: Shard 1 of 2 is missing. Make it by',
    );
    refuseMissing(shards(9), 'DIR', command);
    expect(spans([1, 2, 4, 6, 7, 8])).toBe('1–2, 4, 6–8');
  });
});
