import { scaleLinear } from 'd3-scale';
import { type Axis, valueAxis, width } from './axis.ts';
import type { Bins } from '../figures/bins.ts';
import type { CurveFigures } from '../figures/curve.ts';
import { distributionOf } from '../figures/distribution.ts';
import { chart, uprightMark } from './chart.ts';
import { percent } from '../format.ts';
import { type Content, html } from './html.ts';
import { tickWords } from '../ticks.ts';
import { type Section, paragraph } from './section.ts';

const height = 200;

/** How the returns of single sessions spread. */
export function distribution({ returns }: CurveFigures): Section {
  const section = { id: 'distribution', title: 'Returns of sessions' };
  const found = distributionOf(returns);
  if (typeof found === 'string') return { ...section, content: paragraph(found) };
  const { bins, mean, low, summary } = found;
  const x = axisOf(bins, [mean, low]);
  const y = valueAxis(0, Math.max(...bins.counts), height, 'number');
  return {
    ...section,
    content: chart({
      id: 'distribution-chart',
      title: 'Histogram of the returns of sessions',
      summary,
      height,
      x: x.ticks,
      y,
      legend: [
        { words: `Mean ${percent(mean)}`, mark: 'mean' },
        { words: `5 % quantile ${percent(low)}`, mark: 'quantile' },
      ],
      marks: [
        bars(bins, x, y),
        uprightMark(x.place(low), height, 'quantile'),
        uprightMark(x.place(mean), height, 'mean'),
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
