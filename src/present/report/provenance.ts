import { counted, count, dates } from '../format.ts';
import { type Content, type Html, html } from './html.ts';
import { type Section, paragraph, remark } from './section.ts';
import type { ReportedFile, Subject } from './subject.ts';
import { tableOf } from './table.ts';

const hash = (value: string): Html => html`<code class="hash">${value}</code>`;

export const fileTable = tableOf<ReportedFile>('files', [
  { head: 'File', cell: ({ name }) => lastPart(name) },
  { head: 'Holds', cell: ({ role }) => role },
  { head: 'Rows', numeric: true, cell: ({ rows }) => count(rows) },
  { head: 'Dates', cell: dates },
  { head: 'SHA-256 of its bytes', cell: ({ sha256 }) => hash(sha256) },
]);

/** A path says where someone keeps files: the report has its last part. */
const lastPart = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** The files that the bars came from. */
export const files = ({ dataset }: Subject): Section => ({
  id: 'files',
  title: 'Dataset',
  content: fileTable.render(
    `${counted(dataset.files.length, 'file')} as they were given`,
    dataset.files,
  ),
});

interface Digest {
  readonly of: string;
  readonly value: string;
}

export const digestTable = tableOf<Digest>('digests', [
  { head: 'Of', cell: ({ of }) => of },
  { head: 'SHA-256', cell: ({ value }) => hash(value) },
]);

/** What lets a stranger compute the same and see that it is the same. */
export function verification({ run, link }: Subject): Section {
  const { digests, studyDigest, fingerprint, engine } = run;
  return {
    id: 'verify',
    title: 'Verify it',
    content: [
      paragraph(
        'The same dataset and study give the same digests, bit for bit, on every machine with this version of the engine.',
      ),
      digestTable.render(
        `Digests of this run, by Outsample ${engine.outsample} on DuckDB ${engine.duckdb}`,
        [
          { of: 'Trades', value: digests.trades },
          { of: 'Equity', value: digests.equity },
          { of: 'Metrics', value: digests.metrics },
          { of: 'Study', value: studyDigest },
          { of: 'Dataset', value: fingerprint },
        ],
      ),
      link === null ? null : linkText(link),
    ],
  };
}

/** An address of the web, or relative to where the report lies, whose fragment is a link of Outsample. */
const ADDRESS = /^(?:https?:\/\/[^\s"'<>\\#]+|\.{0,2}\/[^\s"'<>\\:#]*)#s1\.[\w.~-]+$/;

function linkText(link: string): Content {
  const follows = ADDRESS.test(link);
  return [
    paragraph(
      follows
        ? 'This link opens the study in Outsample, which recomputes it on the receiver’s own files and says whether every bit is the same. It holds no prices.'
        : 'This opens the study in Outsample when it is put after the address of the page; the command takes it as it stands: outsample verify. It holds no prices.',
    ),
    html`<p class="link">
      ${follows ? html`<a href="${link}" rel="noopener noreferrer">${link}</a>` : html`<code>${link}</code>`}
    </p> `,
    remark(`${count(link.length)} characters.`),
  ];
}
