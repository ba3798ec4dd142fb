import { readdirSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { nameOf } from './example.ts';
import { examples } from './examples/index.ts';
import { svgOf } from './svg.ts';

const charts = Object.values(
  import.meta.glob<Record<string, unknown>>('../../src/present/charts/*.ts', { eager: true }),
).flatMap((module) => Object.keys(module).filter((name) => name.endsWith('Chart')));

/** One element a line; the last digits of a position are not the chart's. */
const written = (svg: Element) =>
  svg.outerHTML
    .replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')
    .replace(/<(?!\/|tspan)/g, '\n<')
    .replace(/\d+\.\d{3,}/g, (number) => String(+Number(number).toFixed(2)));

const { document } = parseHTML('<!doctype html><html><body></body></html>');

/** Opened by itself in a browser, a picture has the page's colours. */
const head = '<?xml-stylesheet href="../../../src/ui/tokens.css"?>';

describe('gallery', () => {
  test('has an example of every chart', () => {
    const shown = new Set(examples.map(({ chart }) => chart.name));
    expect([...shown].sort()).toEqual([...new Set(charts)].sort());
  });

  test('gives each example a name of its own', () => {
    expect(new Set(examples.map(nameOf)).size).toBe(examples.length);
  });

  test('keeps no picture without an example', () => {
    const wanted = new Set(examples.map((example) => `${nameOf(example)}.svg`));
    const pictures = readdirSync(new URL('pictures/', import.meta.url));
    expect(pictures.filter((file) => !wanted.has(file))).toEqual([]);
  });

  test.each(examples.map((example) => [nameOf(example), example] as const))(
    '%s is drawn as in its picture',
    async (name, { drawing }) => {
      const svg = written(svgOf(drawing, document));
      await expect(`${head}${svg}\n`).toMatchFileSnapshot(`pictures/${name}.svg`);
    },
  );
});
