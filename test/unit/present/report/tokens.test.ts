import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { colours, steps } from '../../../../src/present/report/tokens.ts';

const css = readFileSync('src/ui/tokens.css', 'utf8');

test('the report has the page’s colours', () => {
  for (const [name, [light, dark]] of Object.entries(colours))
    expect(css).toContain(`--${name}: light-dark(${light}, ${dark});`);
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [r, g, b] = [1, 3, 5].map((i) => {
      const part = parseInt(hex.slice(i, i + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

test('numbers keep a contrast of 4.5 on every step of the heat map, in both schemes', () => {
  for (const pair of Object.values(steps)) {
    for (const scheme of [0, 1] as const)
      expect(contrast(pair[scheme], colours['text']![scheme])).toBeGreaterThanOrEqual(4.5);
  }
});
