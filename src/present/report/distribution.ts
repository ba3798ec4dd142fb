import { scaleLinear } from 'd3-scale';
import { type Axis, valueAxis, width } from './axis.ts';
import { type Bins, binsOf } from './bins.ts';
import { chart, uprightMark } from './chart.ts';
import { count, percent } from '../format.ts';
import { type Content, html } from './html.ts';
import { tickWords } from '../ticks.ts';
import { type Section, paragraph } from './section.ts';
import type { ReportFigures } from './subject.ts';

const height = 200;

/** How the returns of single sessions spread. */
export function distribution({ returns }: ReportFigures): Section {
  const section = { id: 'distribution', title: 'Returns of sessions' };
  if (typeof returns === 'string')
    return { ...section, content: paragraph(`There are none. ${returns}`) };
  const moved = returns.values.filter((value) => value !== 0);
  const still = returns.values.length - moved.length;
  if (moved.length === 0)
    return { ...section, content: paragraph(`All ${count(still)} sessions returned exactly 0.`) };
  const bins = binsOf(moved);
  const low = returns.quantile(0.05);
  const x = axisOf(bins, [returns.mean, low]);
  const y = valueAxis(0, Math.max(...bins.counts), height, 'number');
  return {
    ...section,
    content: chart({
      id: 'distribution-chart',
      title: 'Histogram of the returns of sessions',
      summary: [
        `Number of sessions by their return, ${count(moved.length)} in all. `,
        still === 0
          ? ''
          : `${count(still)} more returned exactly 0, as sessions without a position do, and are not drawn. `,
        `Of all sessions the mean is ${percent(returns.mean)} and the 5 % quantile ${percent(low)}: one session in twenty was worse.`,
      ],
      height,
      x: x.ticks,
      y,
      legend: [
        { words: `Mean ${percent(returns.mean)}`, mark: 'mean' },
        { words: `5 % quantile ${percent(low)}`, mark: 'quantile' },
      ],
      marks: [
        bars(bins, x, y),
        uprightMark(x.place(low), height, 'quantile'),
        uprightMark(x.place(returns.mean), height, 'mean'),
      ],
    }),
  };
}

function axisOf({ edges }: Bins, marks: readonly number[]): Axis {
  const place = scaleLinear(
    [Math.min(edges[0]!, ...marks), Math.max(edges.at(-1)!, ...marks)],
    [0, width],
  );
  const ticks = place.ticks(8);
  const words = tickWords(ticks, 'percent');
  return { place, ticks: ticks.map((value, i) => ({ at: place(value), text: words[i]! })) };
}

const bars = ({ edges, counts }: Bins, x: Axis, y: Axis): Content =>
  counts.map((count, i) => {
    if (count === 0) return null;
    const [from, to] = [x.place(edges[i]!), x.place(edges[i + 1]!)];
    const top = y.place(count);
    return html`<rect
      class="bar"
      x="${from + 1}"
      width="${Math.max(to - from - 2, 1)}"
      y="${top}"
      height="${height - top}"
    />`;
  });
