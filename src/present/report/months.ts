import { monthWords as names } from '../month-words.ts';
import { cellPercent, percent, decimal } from '../format.ts';
import type { CurveFigures } from '../figures/curve.ts';
import {
  type MonthGrid,
  type MonthsOfYear,
  monthGridOf,
  monthStep,
  monthSteps as steps,
} from '../figures/months.ts';
import { type Content, type Html, html } from './html.ts';
import { type Section, paragraph } from './section.ts';

/** A grid of years and months, each cell with its number, coloured by sign and size. */
export function monthly({ curve }: CurveFigures): Section {
  const section = { id: 'months', title: 'Monthly returns' };
  if (typeof curve === 'string')
    return { ...section, content: paragraph(`There are none. ${curve}`) };
  const grid = monthGridOf(curve);
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
          ${grid.years.map((year) => yearRow(year, grid))}
        </tbody>
      </table> `,
      legend(grid.step),
    ],
  };
}

function yearRow({ year, months, total }: MonthsOfYear, { step, digits }: MonthGrid): Html {
  const cells = names.map((name, i): Html => {
    const returned = months[i];
    if (returned == null) return html`<td class="out" data-month="${name}"></td>`;
    return html`<td class="${shade(returned, step)}" data-month="${name}">
      ${cellPercent(returned, digits)}
    </td>`;
  });
  return html`<tr>
    <th scope="row">${String(year)}</th>
    ${cells}
    <td class="total">${percent(total)}</td>
  </tr> `;
}

/** Which colour a return has: p1 … p4 above zero, n1 … n4 below, z at zero. */
function shade(returned: number, step: number): string {
  const own = monthStep(returned, step);
  return own === 0 ? 'z' : `${own > 0 ? 'p' : 'n'}${Math.abs(own)}`;
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
