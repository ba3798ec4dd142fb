import { area, line } from 'd3-shape';
import { decimate } from '../../domain/decimate.ts';
import { marginFor } from '../ticks.ts';
import { type Axis, type Tick, width } from './axis.ts';
import { type Content, type Html, html } from './html.ts';
import type { DayPlaces } from '../times.ts';

/** One drawing in a figure: lines stretch with the page, words keep their size. */
export interface Chart {
  /** Unique in the report. */
  readonly id: string;
  readonly title: Content;
  /** What a reader who does not see it should know. */
  readonly summary: Content;
  readonly height: number;
  readonly x: readonly Tick[];
  readonly y: Axis;
  readonly marks: Content;
  readonly legend?: readonly Key[];
  /** A heading of its own; without it the section's is its title. */
  readonly headed?: boolean;
}

export interface Key {
  readonly words: string;
  /** Class of the mark. */
  readonly mark: string;
}

export function chart(drawing: Chart): Html {
  const { id, title, summary, height, x, y, marks, legend = [], headed = false } = drawing;
  return html`<figure class="chart">
    <div class="head">
      ${headed ? html`<h3 id="${id}-title">${title}</h3>` : html`<span class="hidden" id="${id}-title">${title}</span>`}${keys(legend)}
    </div>
    <svg
      class="plot"
      role="img"
      aria-labelledby="${id}-title"
      aria-describedby="${id}-said"
      width="100%"
      height="${height}"
      style="--left:${leftOf(y)}rem"
    >
      <g class="grid">${y.ticks.map(({ at }) => html`<line x2="100%" y1="${at}" y2="${at}" />`)}</g>
      <svg
        viewBox="0 0 ${width} ${height}"
        preserveAspectRatio="none"
        width="100%"
        height="${height}"
      >
        ${marks}
      </svg>
      <g class="y">
        ${y.ticks.map(({ at, text }) => html`<text x="-8" y="${at}" dy=".32em">${text}</text>`)}
      </g>
      <g class="x">
        ${x.map((tick, i) => xTick(tick, i % Math.ceil(x.length / narrowTicks) > 0, height))}
      </g>
    </svg>
    <figcaption id="${id}-said">${summary}</figcaption>
  </figure>`;
}

/** Room for the longest word beside the plot, so that charts below one another line up where none is long. */
const leftOf = ({ ticks }: Axis): number =>
  marginFor(
    ticks.map(({ text }) => text),
    56,
  ) / 16;

/** Dates or numbers that a narrow drawing has room for. */
const narrowTicks = 4;

/** Spare ones are left out where there is little room; those at the edges stay inside. */
function xTick({ at, text }: Tick, spare: boolean, height: number): Html {
  const share = (at / width) * 100;
  const anchor = share < 3 ? 'start' : share > 97 ? 'end' : 'middle';
  return html`<g class="${spare ? 'spare' : 'main'}"
    ><line x1="${share}%" x2="${share}%" y1="${height}" y2="${height + 4}" /><text
      x="${share}%"
      y="${height + 17}"
      text-anchor="${anchor}"
      >${text}</text
    ></g
  >`;
}

const keys = (legend: readonly Key[]): Content =>
  legend.length === 0
    ? null
    : html`<ul class="legend">
        ${legend.map(
          ({ words, mark }) =>
            html`<li>
              <svg class="key" width="20" height="10" aria-hidden="true">
                <line class="${mark}" x1="0" x2="20" y1="5" y2="5" /></svg
              >${words}
            </li>`,
        )}
      </ul>`;

/** A curve over days. Of a long one the first, lowest, highest and last point of each of 200 columns. */
export interface DatedLine {
  readonly day: DayPlaces;
  readonly value: ArrayLike<number>;
  readonly x: Axis;
  readonly y: Axis;
}

const columns = 200;

const rowsOf = ({ day, value }: DatedLine): number[] =>
  decimate(day, value, day[0] ?? 0, day.at(-1) ?? 0, columns);

export function lineMark(curve: DatedLine, mark: string): Html {
  const { day, value, x, y } = curve;
  const path = line<number>()
    .digits(2)
    .defined((row) => Number.isFinite(value[row]))
    .x((row) => x.place(day[row]!))
    .y((row) => y.place(value[row]!));
  return html`<path class="${mark}" d="${path(rowsOf(curve)) ?? ''}" />`;
}

/** Between the curve and zero. */
export function areaMark(curve: DatedLine, mark: string): Html {
  const { day, value, x, y } = curve;
  const path = area<number>()
    .digits(2)
    .defined((row) => Number.isFinite(value[row]))
    .x((row) => x.place(day[row]!))
    .y0(y.place(0))
    .y1((row) => y.place(value[row]!));
  return html`<path class="${mark}" d="${path(rowsOf(curve)) ?? ''}" />`;
}

/** A rule from side to side at a height. */
export const levelLine = (at: number, mark: string): Html =>
  html`<line class="${mark}" x1="0" x2="${width}" y1="${at}" y2="${at}" />`;

/** A rule from top to bottom. */
export const uprightMark = (at: number, height: number, mark: string): Html =>
  html`<line class="${mark}" x1="${at}" x2="${at}" y1="0" y2="${height}" />`;
