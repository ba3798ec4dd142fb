import { plot } from '@observablehq/plot';
import type { Drawing } from '../../src/present/charts/frame.ts';

/** The drawing as the page has it: what Plot's style element says is in tokens.css. */
export function svgOf({ options }: Drawing, document: Document): Element {
  const svg = plot({ ...options, document });
  svg.querySelector('style')?.remove();
  return svg;
}
