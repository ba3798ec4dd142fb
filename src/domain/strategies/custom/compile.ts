import type { Feature } from '../../features.ts';
import { featureKey } from '../../features.ts';
import type { DatasetFacts } from '../strategy.ts';
import { featureNames, read } from './language/check.ts';
import { type Ranked, undefinable } from './language/undefined.ts';
import { warmUp } from './language/warm-up.ts';
import { featureOf } from './feature.ts';
import { type Call, type Node, type Type, previousDepth } from './language/node.ts';
import type { Span } from './language/problem.ts';
import { tokensOf } from './language/tokens.ts';
import { Stage } from './stage.ts';

/** What a custom strategy is asked to say, the type of each, and what stands where nothing is said. */
export const parts = {
  entry: { type: 'boolean', empty: 'false' },
  exit: { type: 'boolean', empty: 'false' },
  side: { type: 'number', empty: '1' },
  score: { type: 'number', empty: '0' },
  sizeFactor: { type: 'number', empty: '1' },
  weight: { type: 'number', empty: '0' },
  rebalance: { type: 'boolean', empty: 'false' },
} as const satisfies Record<string, { type: Type; empty: string }>;

export type PartName = keyof typeof parts;
export type Texts = Readonly<Partial<Record<PartName, string>>>;

/** What says a strategy of entries, and what one of weights. */
export const entryParts = ['entry', 'exit', 'side', 'score', 'sizeFactor'] as const;
export const weightParts = ['weight', 'score', 'rebalance'] as const;

/** Whether a custom study's parameters give weights in place of entries. */
export const isWeighted = (parameters: Readonly<Record<string, unknown>>): boolean =>
  String(parameters['weight'] ?? '').trim() !== '';

/** The expressions of a custom study that have an effect. */
export const textsOf = (parameters: Readonly<Record<string, unknown>>): Texts =>
  Object.fromEntries(
    (isWeighted(parameters) ? weightParts : entryParts).map((part) => [
      part,
      parameters[part] as string,
    ]),
  );

/** A stretch of SQL that came from an expression: it begins after `marker`, a token a line. */
export interface Piece {
  readonly part: PartName;
  readonly source: string;
  readonly marker: string;
  readonly lines: readonly Span[];
}

/**
 * `sql` is a list of common table expressions; the last, `said`, has a row per bar: row, date, the parts, and for each,
 * as `entry_unknown`, whether it is null though its warm-up is over.
 */
export interface Program {
  readonly sql: string;
  readonly inputs: Readonly<Record<string, Feature>>;
  /** The features by the text that asks for them. */
  readonly asked: Readonly<Record<string, Feature>>;
  readonly pieces: readonly Piece[];
}

/** SQL of checked expressions. Throws a Refusal where one cannot stand. */
export function compile(texts: Texts, facts: DatasetFacts): Program {
  const compiler = new Compiler(facts);
  const said = Object.entries(texts).map(([name, text]) => compiler.part(name as PartName, text));
  return compiler.program(said);
}

interface Said {
  readonly part: PartName;
  readonly sql: string;
  readonly warmUp: number;
}

/** A line of SQL, and what of the expression it says. */
interface Line extends Span {
  readonly text: string;
}

/** What stands in place of a stretch of an expression, and around stretches, by where they begin and end. */
interface Edits {
  readonly replaced: Map<number, Line>;
  readonly before: Map<number, Line[]>;
  readonly after: Map<number, Line[]>;
}

class Compiler {
  readonly #inputs: Record<string, Feature> = {};
  readonly #asked: Record<string, Feature> = {};
  readonly #slots = new Map<string, string>();
  readonly #pieces: Piece[] = [];
  /** By depth of prev(), from 1. */
  readonly #stages: Stage[] = [];

  constructor(private readonly facts: DatasetFacts) {}

  part(part: PartName, text: string): Said {
    const { type, empty } = parts[part];
    const source = text.trim() === '' ? empty : text;
    const node = read(source, type);
    return { part, sql: this.#piece(part, source, node), warmUp: warmUp(source, node) };
  }

  program(said: readonly Said[]): Program {
    const unknown = said.map(
      ({ part, warmUp }) => `bar >= ${warmUp} AND ${part} IS NULL AS ${part}_unknown`,
    );
    const slots = [...this.#slots.values()];
    const values = slots.map((slot) => `, ${slot}.value AS ${slot}`);
    const joins = slots.map((slot) => ` POSITIONAL JOIN {${slot}} AS ${slot}`);
    const symbols = this.facts.symbols.map((name) => quoted(`'${name.replaceAll("'", "''")}'`));
    const sql = `stage_0 AS (
  SELECT bars.row, bars.sym, bar, open, high, low, close, volume,
         [${symbols.join(', ')}][bars.sym + 1] AS symbol, DATE '1970-01-01' + day AS date${values.join('')}
  FROM bars${joins.join('')}
  WHERE bar >= 0
),
${this.#stages.map(({ sql }) => `${sql},\n`).join('')}said AS (
  SELECT *, ${unknown.join(', ')}
  FROM (
    SELECT row, bar, date, ${said.map(({ part, sql }) => `${sql} AS ${part}`).join(', ')}
    FROM stage_${this.#stages.length}
  )
)`;
    return { sql, inputs: this.#inputs, asked: this.#asked, pieces: this.#pieces };
  }

  /** An expression as SQL, a token a line: a line number of the engine's is then a place in the source. */
  #piece(part: PartName, source: string, node: Node): string {
    const edits: Edits = { replaced: new Map(), before: new Map(), after: new Map() };
    this.#replace(part, source, node, edits);
    const { made, written, ranked } = undefinable(source, node, isColumn);
    for (const { at, end } of written) edits.replaced.set(at, { at, end, text: 'NULL' });
    for (const span of made) around(edits, span, finite);
    for (const window of ranked) orderKnown(source, window, edits);
    const lines = linesOf(source, node, edits);
    const marker = `/* ${part} ${this.#pieces.length} */`;
    this.#pieces.push({ part, source, marker, lines });
    return `(${marker}\n${lines.map(({ text }) => text).join('\n')}\n)`;
  }

  /** Finds the calls that become columns, and the symbol of partitions, which goes by number. */
  #replace(part: PartName, source: string, node: Node, edits: Edits): void {
    const into = (inner: Node): void => this.#replace(part, source, inner, edits);
    if (node.kind === 'other') node.parts.forEach(into);
    if (node.kind !== 'call') return;
    const text = ({ at, end }: Span): string => source.slice(at, end);
    const { at, end } = node;
    if (node.name === 'prev') {
      edits.replaced.set(at, { at, end, text: this.#previous(part, source, node) });
    } else if (isColumn(node)) {
      const feature = featureOf(node.name, node.args.map(text), this.facts);
      this.#asked[
        text(node)
          .replaceAll(/\s+/g, ' ')
          .replace(/^[( ]+(.*?\)).*$/, '$1')
      ] = feature;
      edits.replaced.set(at, { at, end, text: this.#slot(feature) });
    } else {
      node.args.forEach(into);
      node.over?.order.forEach(({ key }) => into(key));
      for (const key of node.over?.partition ?? []) {
        if (key.kind === 'column' && key.name === 'symbol')
          edits.replaced.set(key.at, { at: key.at, end: key.end, text: 'sym' });
        else into(key);
      }
    }
  }

  #slot(feature: Feature): string {
    const key = featureKey(feature);
    const slot = this.#slots.get(key) ?? `f${this.#slots.size + 1}`;
    this.#slots.set(key, slot);
    this.#inputs[slot] = feature;
    return slot;
  }

  /** The column with the value some bars earlier. */
  #previous(part: PartName, source: string, call: Call): string {
    const [value, steps] = call.args as readonly [Node, Node?];
    const bars = steps === undefined ? 1 : Number(source.slice(steps.at, steps.end));
    const inner = this.#piece(part, source, value);
    const depth = previousDepth(call);
    const stage = (this.#stages[depth - 1] ??= new Stage(depth));
    return stage.earlier(inner, bars);
  }
}

/** Whether a call is a column by itself, and what stands in its brackets no part of the SQL. */
const isColumn = ({ name }: Call): boolean => featureNames.has(name);

/** Null where what stands between is NaN or infinite: said of a list, so that it stands there, and is computed, once. */
const finite = [['list_filter(['], ['], lambda x: isfinite(x))[1]']] as const;

type Around = readonly (readonly (string | Line)[])[];

/** Puts lines before and after a stretch, inside those that are there. */
function around({ before, after }: Edits, span: Span, [opening = [], closing = []]: Around): void {
  const { at, end } = span;
  const lines = (texts: readonly (string | Line)[]): Line[] =>
    texts.map((line) => (typeof line === 'string' ? { at, end, text: line } : line));
  before.set(at, [...(before.get(at) ?? []), ...lines(opening)]);
  after.set(end, [...lines(closing), ...(after.get(end) ?? [])]);
}

/** Among the symbols of a date, one that is ordered by something unknown has no place. */
function orderKnown(source: string, { call, keys }: Ranked, edits: Edits): void {
  const areKnown = keys.flatMap((key, i) => [
    i === 0 ? '(' : 'AND (',
    ...linesOf(source, key, edits),
    ') IS NOT NULL',
  ]);
  around(edits, call, [['CASE WHEN', ...areKnown, 'THEN'], ['END']]);
}

function linesOf(source: string, { at, end }: Span, { replaced, before, after }: Edits): Line[] {
  const lines: Line[] = [];
  let skipTo = at;
  for (const token of tokensOf(source)) {
    if (token.at < skipTo || token.at >= end) continue;
    const own = { ...token, text: token.kind === 'text' ? quoted(token.text) : token.text };
    const line = replaced.get(token.at) ?? own;
    skipTo = line.end;
    lines.push(...(before.get(token.at) ?? []), line, ...(after.get(line.end) ?? []));
  }
  return lines;
}

/** Text on one line and without braces, which mean identifiers to the queries' own placeholders. */
function quoted(text: string): string {
  if (!/[{\n\r]/.test(text)) return text;
  const escaped = text.replaceAll(/[{\n\r]/g, (sign) => `' || chr(${sign.charCodeAt(0)}) || '`);
  return `(${escaped})`;
}
