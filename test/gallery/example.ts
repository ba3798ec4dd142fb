import type { Drawing } from '../../src/present/charts/frame.ts';

/** One picture of one chart. */
export interface Example {
  readonly chart: (...of: never[]) => Drawing;
  /** What sets this picture apart from the chart's first one; it names the file. */
  readonly state?: string;
  /** What a reader should see in it. */
  readonly shows: string;
  readonly drawing: Drawing;
}

export const nameOf = ({ chart, state }: Example) =>
  state === undefined ? chart.name : `${chart.name}.${state}`;

/** The page's own width for a chart beside the settings. */
export const width = 676;
