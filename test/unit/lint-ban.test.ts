import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { inexactMath } from '../../scripts/lint-equal-bits.mjs';

/** The project's own rules without the typed ones, which need files that exist. */
const eslint = new ESLint({
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => ruleId.startsWith('no-restricted-'),
});

async function reportsIn(filePath: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath });
  return results.flatMap(({ messages }) => messages.map(({ message }) => message));
}

const banned = [
  ...inexactMath.map((name) => `Math.${name}(x)`),
  "Math['exp'](x)",
  'const { log } = Math',
  'const maths = Math',
  'globalThis.Math.exp(x)',
  'x ** 2',
  'x **= 2',
  'Math.random()',
  'crypto.randomUUID()',
  'Date.now()',
  'new Date()',
  'new Date',
  'Date()',
  'new Date(2024, 0, 1)',
  'day.getDate()',
  'performance.now()',
  'a.localeCompare(b)',
  'x.toLocaleString()',
  'new Intl.NumberFormat()',
];
const exact = [
  'Math.sqrt(Math.abs(x))',
  'Math.max(x, Math.floor(y))',
  'x * x',
  'new Date(0)',
  'Date.UTC(2024, 0, 1)',
  'day.getUTCDate()',
];
const digestPaths = ['src/domain/metrics', 'src/sql', 'workers/services', 'workers/engines'];

describe('what other engines, clocks, zones or locales would answer differently', () => {
  test.each(banned)('%s is reported on every path that reaches a digest', async (code) => {
    for (const path of digestPaths) {
      expect(await reportsIn(`${path}/example.ts`, code), path).not.toEqual([]);
    }
  });

  test.each(banned.filter((code) => !/toLocaleString|Intl/.test(code)))(
    '%s is allowed on the page',
    async (code) => {
      expect(await reportsIn('src/ui/example.ts', code)).toEqual([]);
    },
  );

  test.each(exact)('%s is exact and allowed', async (code) => {
    expect(await reportsIn('src/domain/example.ts', code)).toEqual([]);
  });

  test('the clocks of regions are asked by Intl in one file', async () => {
    const zones = 'src/domain/time/zones.ts';
    expect(await reportsIn(zones, 'new Intl.DateTimeFormat()')).toEqual([]);
    expect(await reportsIn(zones, 'new Date()')).not.toEqual([]);
  });

  test('a message says what to use instead', async () => {
    expect(await reportsIn('src/domain/example.ts', 'Math.exp(x)')).toEqual([
      expect.stringContaining('use DuckDB or a port from @stdlib/math-base-special-*'),
    ]);
  });
});

describe('a format of numbers or dates', () => {
  const formats = ['x.toFixed(2)', 'x.toLocaleString()', 'new Intl.NumberFormat()'];
  const elsewhere = ['src/ui', 'src/state', 'src/cli', 'workers/services'];

  test.each(formats)('%s is reported outside src/present', async (code) => {
    for (const path of elsewhere) {
      expect(await reportsIn(`${path}/example.ts`, code), path).not.toEqual([]);
    }
  });
});
