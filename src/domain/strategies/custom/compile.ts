import type { Feature } from '../../features.ts';
import { featureKey } from '../../features.ts';
import type { DatasetFacts } from '../strategy.ts';
import { featureNames, read } from './language/check.ts';
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
} as const satisfies Record<string, { type: Type; empty: string }>;

export type PartName = keyof typeof parts;
export type Texts = Readonly<Partial<Record<PartName, string>>>;

/** The expressions among a custom study's parameters. */
export const textsOf = (parameters: Readonly<Record<string, unknown>>): Texts =>
  Object.fromEntries(Object.keys(parts).map((part) => [part, parameters[part] as string]));

/** A stretch of SQL that came from an expression: it begins after `marker`, a token a line. */
export interface Piece {
  readonly part: PartName;
  readonly source: string;
  readonly marker: string;
  readonly lines: readonly Span[];
}

/** `sql` is a list of common table expressions; the last, `said`, has a row per bar: row, date and the parts. */
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
  const said = Object.entries(texts).map(
    ([name, text]) => `${compiler.part(name as PartName, text)} AS ${name}`,
  );
  return compiler.program(said);
}

class Compiler {
  readonly #inputs: Record<string, Feature> = {};
  readonly #asked: Record<string, Feature> = {};
  readonly #slots = new Map<string, string>();
  readonly #pieces: Piece[] = [];
  /** By depth of prev(), from 1. */
  readonly #stages: Stage[] = [];

  constructor(private readonly facts: DatasetFacts) {}

  part(part: PartName, text: string): string {
    const { type, empty } = parts[part];
    const source = text.trim() === '' ? empty : text;
    return this.#piece(part, source, read(source, type));
  }

  program(said: readonly string[]): Program {
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
  SELECT row, date, ${said.join(', ')}
  FROM stage_${this.#stages.length}
)`;
    return { sql, inputs: this.#inputs, asked: this.#asked, pieces: this.#pieces };
  }

  /** An expression as SQL, a token a line: a line number of the engine's is then a place in the source. */
  #piece(part: PartName, source: string, node: Node): string {
    const replaced = new Map<number, readonly [name: string, end: number]>();
    this.#replace(part, source, node, replaced);
    const lines: Span[] = [];
    const out: string[] = [];
    let skipTo = node.at;
    for (const token of tokensOf(source)) {
      if (token.at < skipTo || token.at >= node.end) continue;
      const [name, end] = replaced.get(token.at) ?? [null, token.end];
      out.push(name ?? (token.kind === 'text' ? quoted(token.text) : token.text));
      lines.push({ at: token.at, end });
      skipTo = end;
    }
    const marker = `/* ${part} ${this.#pieces.length} */`;
    this.#pieces.push({ part, source, marker, lines });
    return `(${marker}\n${out.join('\n')}\n)`;
  }

  /** Finds the calls that become columns, and the symbol of partitions, which goes by number. */
  #replace(
    part: PartName,
    source: string,
    node: Node,
    replaced: Map<number, readonly [string, number]>,
  ): void {
    const into = (inner: Node): void => this.#replace(part, source, inner, replaced);
    if (node.kind === 'other') node.parts.forEach(into);
    if (node.kind !== 'call') return;
    const text = ({ at, end }: Span): string => source.slice(at, end);
    if (node.name === 'prev') {
      replaced.set(node.nameSpan.at, [this.#previous(part, source, node), node.end]);
    } else if (isFeature(node)) {
      const feature = featureOf(node.name, node.args.map(text), this.facts);
      this.#asked[text(node).replaceAll(/\s+/g, ' ')] = feature;
      replaced.set(node.nameSpan.at, [this.#slot(feature), node.end]);
    } else {
      node.args.forEach(into);
      node.over?.order.forEach(({ key }) => into(key));
      for (const key of node.over?.partition ?? []) {
        if (key.kind === 'column' && key.name === 'symbol') replaced.set(key.at, ['sym', key.end]);
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

const isFeature = ({ name }: Call): boolean => featureNames.has(name);

/** Text on one line and without braces, which mean identifiers to the queries' own placeholders. */
function quoted(text: string): string {
  if (!/[{\n\r]/.test(text)) return text;
  const escaped = text.replaceAll(/[{\n\r]/g, (sign) => `' || chr(${sign.charCodeAt(0)}) || '`);
  return `(${escaped})`;
}
