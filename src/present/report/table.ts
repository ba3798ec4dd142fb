import { type Column, isNumeric, readerOf, wordsOf } from '../tables/table.ts';
import { type Content, type Html, html } from './html.ts';

/** A column of a table: its head, and what stands in it. */
export interface ReportColumn<R> {
  readonly head: string;
  readonly numeric?: boolean;
  readonly cell: (row: R) => Content;
  /** The same, where it depends on the rows that stand below one another. */
  readonly among?: (rows: readonly R[]) => (row: R) => Content;
}

/** A kind of table. On a narrow screen each row stands as a block, every cell under the name of its column. */
export interface Table<R> {
  readonly css: string;
  readonly render: (caption: Content, rows: readonly R[], foot?: R) => Html;
}

/** A row of a table's source, by its number. */
export interface RowOf<Source> {
  readonly source: Source;
  readonly row: number;
}

/** Columns that other surfaces show too. */
export const shared = <Source>(
  columns: readonly Column<Source>[],
): readonly ReportColumn<RowOf<Source>>[] =>
  columns.map((column) => ({
    head: column.title,
    numeric: isNumeric(column),
    cell: ({ source, row }) => wordsOf(column, source, row),
    among: (rows) => amongRows(column, rows),
  }));

/** All rows of a table are of one source. */
function amongRows<Source>(
  column: Column<Source>,
  rows: readonly RowOf<Source>[],
): (row: RowOf<Source>) => string {
  const source = rows[0]?.source;
  if (source === undefined) return () => '';
  const read = readerOf(
    column,
    source,
    rows.map(({ row }) => row),
  );
  return ({ row }) => read(row);
}

/** The first rows of a source. */
export const rowsOf = <Source>(source: Source, count: number): RowOf<Source>[] =>
  Array.from({ length: count }, (_, row) => ({ source, row }));

/** `name` is its class, unique among the tables. The first column is the head of its row. */
export function tableOf<R>(name: string, columns: readonly ReportColumn<R>[]): Table<R> {
  return {
    css: cssOf(name, columns),
    render: (caption, rows, foot) => {
      const all = foot === undefined ? rows : [...rows, foot];
      const readers = columns.map(({ cell, among }) => among?.(all) ?? cell);
      const cells = (row: R): Content =>
        readers.map((cell, i) =>
          i === 0 ? html`<th scope="row">${cell(row)}</th>` : html`<td>${cell(row)}</td>`,
        );
      return html`<table class="data ${name}">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            ${columns.map(({ head }) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${cells(row)}
              </tr> `,
          )}
        </tbody>
        ${
          foot === undefined
            ? null
            : html`<tfoot>
                <tr>
                  ${cells(foot)}
                </tr>
              </tfoot> `
        }
      </table>`;
    },
  };
}

/** Where numbers stand, and the names that cells have where there is no row of heads. */
function cssOf<R>(name: string, columns: readonly ReportColumn<R>[]): string {
  const numeric = columns
    .map(({ numeric: right = false }, i) => (right ? `.${name} tr>:nth-child(${i + 1})` : ''))
    .filter((selector) => selector !== '');
  // Words close behind a number read as one with it.
  const apart = columns
    .map(({ numeric: right = false }, i) =>
      !right && columns[i - 1]?.numeric ? `.${name} tr>:nth-child(${i + 1})` : '',
    )
    .filter((selector) => selector !== '');
  const names = columns
    .slice(1)
    .map(
      ({ head }, i) => `.${name} td:nth-child(${i + 2})::before{content:${JSON.stringify(head)}}`,
    );
  return [
    ...rule(numeric, 'text-align:right'),
    ...rule(apart, 'padding-left:1rem'),
    `@media screen and (max-width:40rem){${names.join('')}}`,
  ].join('\n');
}

const rule = (selectors: readonly string[], says: string): string[] =>
  selectors.length === 0 ? [] : [`${selectors.join(',')}{${says}}`];
