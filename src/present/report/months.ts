import { monthOf, yearOf } from '../../domain/calendar.ts';
import { type Period, returnsBy } from '../../domain/metrics/periods.ts';
import { monthWords as names } from '../month-words.ts';
import { cellPercent, percent, decimal } from '../format.ts';
import { type Content, type Html, html } from './html.ts';
import { type Section, paragraph } from './section.ts';
import type { ReportFigures } from './subject.ts';

/** Steps of colour on each side of zero. */
const steps = [1, 2, 3, 4] as const;

/** A grid of years and months, each cell with its number, coloured by sign and size. */
export function monthly({ curve }: ReportFigures): Section {
  const section = { id: 'months', title: 'Monthly returns' };
  if (typeof curve === 'string')
    return { ...section, content: paragraph(`There are none. ${curve}`) };
  const all = returnsBy(curve, monthOf);
  const totals = returnsBy(curve, yearOf);
  const step = stepOf(all);
  const digits = step > 0 && step * steps.length < 0.01 ? 2 : 1;
  return {
    ...section,
    content: [
      html`<table class="months">
        <caption>
          Return of equity by calendar month, in per cent; the first and the last month are those
          parts of them that the run has
        </caption>
        <thead>
          <tr>
            <th scope="col">Year</th>
            ${names.map((name) => html`<th scope="col">${name}</th>`)}
            <th scope="col">Year’s return</th>
          </tr>
        </thead>
        <tbody>
          ${totals.map((total) => yearRow(total, all, step, digits))}
        </tbody>
      </table> `,
      legend(step),
    ],
  };
}

function yearRow(
  { key: year, returned }: Period,
  all: readonly Period[],
  step: number,
  digits: 1 | 2,
): Html {
  const cells = names.map((name, i): Html => {
    const month = all.find(({ key }) => key === (year - 1970) * 12 + i);
    if (month === undefined) return html`<td class="out" data-month="${name}"></td>`;
    return html`<td class="${shade(month.returned, step)}" data-month="${name}">
      ${cellPercent(month.returned, digits)}
    </td>`;
  });
  return html`<tr>
    <th scope="row">${String(year)}</th>
    ${cells}
    <td class="total">${percent(returned)}</td>
  </tr> `;
}

/** Which colour a return has: p1 … p4 above zero, n1 … n4 below, z at zero. */
function shade(returned: number, step: number): string {
  if (returned === 0) return 'z';
  const size = Math.min(Math.max(Math.ceil(Math.abs(returned) / step), 1), steps.length);
  return `${returned > 0 ? 'p' : 'n'}${size}`;
}

/** A round width of the steps, such that nine months in ten lie inside them; 0 where nothing moved. */
function stepOf(all: readonly Period[]): number {
  const sizes = Float64Array.from(all, ({ returned }) => Math.abs(returned))
    .filter((size) => size > 0)
    .sort();
  const usual = sizes[Math.floor(0.9 * (sizes.length - 1))] ?? 0;
  if (usual === 0) return 0;
  for (let unit = 0.000_01; ; unit *= 10)
    for (const nice of [1, 2, 2.5, 5]) if (nice * unit * steps.length >= usual) return nice * unit;
}

function legend(step: number): Content {
  if (step === 0) return null;
  const border = (i: number): string => shortStep(i * step);
  const of = (sign: 'p' | 'n', i: number): Html =>
    html`<li class="${sign}${i}">
      ${
        i === steps.length
          ? `${sign === 'p' ? '>' : '<'} ${border(sign === 'p' ? i - 1 : 1 - i)}`
          : `to ${border(sign === 'p' ? i : -i)}`
      }
    </li>`;
  return html`<ul class="scale" aria-label="Colours, in per cent">
    ${[...steps].reverse().map((i) => of('n', i))}
    <li class="z">0</li>
    ${steps.map((i) => of('p', i))}
  </ul> `;
}

/** Steps are round in per cent: as many digits as they need. */
const shortStep = (value: number): string => decimal(Math.round(value * 100_000) / 1000);
