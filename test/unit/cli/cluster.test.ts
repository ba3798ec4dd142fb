import { describe, expect, it } from 'vitest';
import { lineOf, noPython, whyNot } from '../../../src/cli/cluster/lines.ts';
import { refuseSlips } from '../../../src/cli/cluster/options.ts';
import { shardWords } from '../../../src/cli/cluster/words.ts';
import { LabError, describe as sentence } from '../../../src/domain/errors.ts';

const here = ['/usr/bin/node', '/opt/outsample/bin/outsample.mjs'];

describe('what a node is to call', () => {
  it('files of this machine have an @, addresses are fetched there, results and secrets stay here', () => {
    const words = shardWords(
      'walk-forward',
      '/tmp/study.json',
      {
        data: ['prices', 'https://example.org/more.parquet'],
        macro: ['vix.csv'],
        map: 'map.json',
        dateOrder: 'day-first',
        rawPrices: true,
        crossValidation: true,
        journal: 'trials.sqlite',
        passphraseFd: 3,
        out: 'results',
        json: true,
        cpus: 2,
      },
      here,
    );
    expect(words.join(' ')).toBe(
      '/usr/bin/node /opt/outsample/bin/outsample.mjs walk-forward @/tmp/study.json ' +
        '--data @prices https://example.org/more.parquet --macro @vix.csv --map @map.json ' +
        '--date-order day-first --raw-prices --cross-validation --workers 2',
    );
  });

  it('another name for the command, and an audit without its search', () => {
    const words = shardWords('audit', 's.json', { command: 'nice outsample', search: false }, here);
    expect(words.join(' ')).toBe('nice outsample audit @s.json --no-search --workers 1');
  });

  it('an address that holds what may be a secret is refused, and not said', () => {
    const data = ['https://example.org/bars.parquet?signature=abcdef0123456789'];
    const refused = (): unknown => shardWords('search', 's.json', { data }, here);
    expect(refused).toThrow(LabError);
    expect(refused).toThrow(/may be a secret/);
    expect(refused).not.toThrow(/abcdef/);
  });
});

it.each([
  [
    { on: 'ray', shard: { shard: 1, of: 2 } },
    '--on and --shard exclude each other. Leave one out.',
  ],
  [{ address: 'a:1' }, '--address goes with --on only. Add --on ray, or leave it out.'],
  [
    { on: 'ray', shared: true },
    '--shared goes with --keep only. Name the folder that all nodes see with --keep.',
  ],
] as const)('options that say nothing alone: %o', (options, words) => {
  expect(() => {
    refuseSlips(options);
  }).toThrow(words);
});

it('lines are JSON objects; what libraries print is none', () => {
  expect(
    lineOf('{"begun": {"shards": 2, "standing": 0, "slots": 1, "nodes": 1}}')?.begun?.shards,
  ).toBe(2);
  expect(lineOf('2026-11-30 12:00:00 INFO worker.py')).toBeNull();
  expect(lineOf('{"half')).toBeNull();
});

describe('why there are no shards', () => {
  const ended = { code: 2, said: '', python: 'python3' };
  const shard = { number: 3, of: 8, code: 2 };

  it('a shard’s own error, with its place and remedy', () => {
    const said = [
      '{"note": "…"}',
      '{"error": {"kind": "import", "problem": "“many” is no price.", "remedy": "Mend it.", "place": {"line": 2}}, "message": "…"}',
    ];
    const data = whyNot({ problem: '', shard: { ...shard, said } }, ended);
    expect(data).toMatchObject({ kind: 'import', remedy: 'Mend it.', place: { line: 2 } });
    expect(data.problem).toBe('Shard 3 of 8 failed: “many” is no price.');
  });

  it('the last lines of one that was killed', () => {
    const data = whyNot({ problem: '', shard: { ...shard, code: -9, said: ['Killed'] } }, ended);
    expect(sentence(data)).toContain('Shard 3 of 8 failed with code -9: Killed');
    expect(sentence(data)).toContain('--memory');
  });

  it.each([
    [
      whyNot({ problem: 'This Python has no ray.', missing: 'ray' }, ended),
      'python3 -m pip install "ray>=2.40"',
    ],
    [
      whyNot({ problem: 'ConnectionError: no' }, ended),
      'Ray could not do this: ConnectionError: no',
    ],
    [
      whyNot(undefined, { ...ended, code: 1, said: 'Traceback\nImportError: x\n' }),
      'ImportError: x',
    ],
    [whyNot(undefined, { ...ended, code: null }), 'it ended with code none'],
    [whyNot(undefined, { ...ended, code: 130 }), 'The shards were cancelled.'],
    [noPython('python9').data, 'There is no python9 on this machine'],
  ])('%o', (data, words) => {
    expect(sentence(data)).toContain(words);
  });
});
