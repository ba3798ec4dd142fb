import type { Completion, CompletionContext, CompletionSource } from '@codemirror/autocomplete';
import { SQLDialect, keywordCompletionSource, schemaCompletionSource } from '@codemirror/lang-sql';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tags } from '@lezer/highlight';

/** A table of the console, and the names of its columns with what they hold. */
export interface Table {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly holds: string }[];
}

/** What reads, of DuckDB's words; what writes is refused. */
const duckdb = SQLDialect.define({
  keywords:
    'select from where group by having order limit offset with recursive as on using join left right full inner outer cross semi anti asof positional natural lateral union all except intersect distinct case when then else end and or not in is null between like ilike similar exists any asc desc nulls first last over partition window rows range groups preceding following unbounded current row exclude qualify filter pivot unpivot values summarize describe show tables using sample replace columns try_cast cast interval true false',
  builtin:
    'avg sum count min max median stddev_samp stddev_pop var_samp corr covar_samp regr_slope quantile_cont arg_max arg_min first lag lead first_value last_value row_number rank dense_rank ntile percent_rank cume_dist abs round floor ceil ln log exp sqrt power sign greatest least coalesce nullif if date_trunc date_part date_diff year quarter month week day dayofweek strftime list string_agg histogram length lower upper isfinite isnan random',
  types: 'integer bigint hugeint double float decimal varchar text boolean date timestamp',
  caseInsensitiveIdentifiers: true,
  doubleDollarQuotedStrings: true,
});

/** The page's tokens as colours of words. */
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--long)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--short)' },
  { tag: [tags.comment], color: 'var(--muted)', fontStyle: 'italic' },
  { tag: [tags.standard(tags.name), tags.typeName], color: 'var(--caution)' },
]);

/** DuckDB's SQL over these tables: colours, and what may stand where. */
export function sqlOver(tables: readonly Table[]): Extension {
  const schema = Object.fromEntries(
    tables.map(({ name, columns }) => [name, columns.map((one) => completionOf(one))]),
  );
  const sources = [
    columnSource(tables),
    schemaCompletionSource({ dialect: duckdb, schema }),
    keywordCompletionSource(duckdb, true),
  ];
  return [
    duckdb.language,
    syntaxHighlighting(colours),
    sources.map((autocomplete) => duckdb.language.data.of({ autocomplete })),
  ];
}

const completionOf = ({ name, holds }: Table['columns'][number], table?: string): Completion => ({
  label: name,
  detail: table === undefined ? holds : `${table}, ${holds}`,
  type: 'property',
  boost: 1,
  ...(!/^[a-z_]\w*$/.test(name) && { apply: `"${name.replaceAll('"', '""')}"` }),
});

/** Columns of the tables that stand somewhere in the text, without their table before them. */
const columnSource =
  (tables: readonly Table[]): CompletionSource =>
  (context: CompletionContext) => {
    const word = context.matchBefore(/\w*/);
    if (word === null || (word.from === word.to && !context.explicit)) return null;
    const text = context.state.doc.toString();
    if (text[word.from - 1] === '.') return null;
    const options = tables
      .filter(({ name }) => new RegExp(`\\b${name}\\b`, 'i').test(text))
      .flatMap(({ name, columns }) => columns.map((column) => completionOf(column, name)));
    return { from: word.from, options, validFor: /^\w*$/ };
  };
