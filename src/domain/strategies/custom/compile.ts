import { type Feature, expression, featureKey, longer } from '../../features.ts';
import { leastSeconds, whyNotMade } from '../../study/bar-length.ts';
import type { DatasetFacts } from '../strategy.ts';
import { LabError } from '../../errors.ts';
import { named } from './language/arguments.ts';
import { featureNames, read, typeOfPart } from './language/check.ts';
import { innerOf, isLonger, lengthOf } from './language/longer.ts';
import { isCounted, isMade, knownParts, madeDepth, priorsIn } from './language/made.ts';
import { undefinable } from './language/undefined.ts';
import { type WarmUp, longerWarmUp, warmUp } from './language/warm-up.ts';
import {
  type Edits,
  around,
  finite,
  finiteOfTwo,
  linesOf,
  orderKnown,
  quoted,
  wordsOf,
} from './edits.ts';
import { faultOf } from './fault.ts';
import { featureOf } from './feature.ts';
import { type Call, type Node, isDate, partsOf } from './language/node.ts';
import { Refusal, type Span, near, refuse } from './language/problem.ts';
import { type PartName, type Texts, parts } from './parts.ts';
import { Stage } from './stage.ts';

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
  /** Whether symbols of a date are compared, members of the universe or not. */
  readonly comparesAll: boolean;
}

/** SQL of expressions. Throws a LabError with the place where one cannot stand on this dataset. */
export function compile(texts: Texts, facts: DatasetFacts): Program {
  const compiler = new Compiler(facts);
  const said = Object.entries(texts).map(([name, text]) => {
    try {
      return compiler.part(name as PartName, text);
    } catch (error) {
      throw error instanceof Refusal ? new LabError(faultOf(name, error.problem)) : error;
    }
  });
  return compiler.program(said);
}

interface Said {
  readonly part: PartName;
  readonly sql: string;
  readonly warmUp: WarmUp;
}

/** Columns, by the nodes that they stand in place of. */
type Names = ReadonlyMap<Node, string>;
const noNames: Names = new Map();

class Compiler {
  readonly #inputs: Record<string, Feature> = {};
  readonly #asked: Record<string, Feature> = {};
  readonly #slots = new Map<string, string>();
  /** Features on longer bars by the calls that ask for them, as they are written and as they stand. */
  readonly #longer = new Map<string, Feature>();
  readonly #longerSlots = new Map<Call, string>();
  /** By depth of prev() and its kin, from 1. */
  readonly #stages: Stage[] = [];
  #comparesAll = false;
  /** The column that bars of several symbols share where they are known together. */
  readonly #moment: 'date' | 'moment';

  constructor(
    private readonly facts: DatasetFacts,
    /** Of the whole program, what is read on longer bars too. */
    private readonly pieces: Piece[] = [],
  ) {
    this.#moment = facts.barSeconds === undefined ? 'date' : 'moment';
  }

  part(part: PartName, text: string): Said {
    const { type, empty } = parts[part];
    const source = text.trim() === '' ? empty : text;
    const node = read(source, type);
    return { part, sql: this.#piece(part, source, node), warmUp: warmUp(source, node) };
  }

  program(said: readonly Said[]): Program {
    const unknown = said.map(({ part, warmUp: { bars, after } }) => {
      const aged = [...after].map(([call, more]) => `${this.#ageOf(call)} >= ${more} AND `);
      return `bar >= ${bars} AND ${aged.join('')}${part} IS NULL AS ${part}_unknown`;
    });
    const ages = [...this.#longerSlots.values()].map((slot) => `${slot}_age, `);
    const sql = `${this.#stagesSql()}said AS (
  SELECT *, ${unknown.join(', ')}
  FROM (
    SELECT row, bar, date, ${ages.join('')}${said.map(({ part, sql }) => `${sql} AS ${part}`).join(', ')}
    FROM stage_${this.#stages.length}
  )
)`;
    return {
      sql,
      inputs: this.#inputs,
      asked: this.#asked,
      pieces: this.pieces,
      comparesAll: this.#comparesAll,
    };
  }

  #ageOf(call: Call): string {
    return `${this.#longerSlots.get(call)!}_age`;
  }

  #stagesSql(): string {
    const aged = new Set(this.#longerSlots.values());
    const slots = [...this.#slots.values()];
    const values = slots.map(
      (slot) => `, ${slot}.value AS ${slot}${aged.has(slot) ? `, ${slot}.age AS ${slot}_age` : ''}`,
    );
    const joins = slots.map((slot) => ` POSITIONAL JOIN {${slot}} AS ${slot}`);
    const symbols = this.facts.symbols.map((name) => quoted(`'${name.replaceAll("'", "''")}'`));
    return `stage_0 AS (
  SELECT bars.row, bars.sym, bar, ${this.#moment === 'date' ? '' : 'bars.{known} AS moment, '}open, high, low, close, volume,
         [${symbols.join(', ')}][bars.sym + 1] AS symbol, DATE '1970-01-01' + day AS date${values.join('')}
  FROM bars${joins.join('')}
),
${this.#stages.map(({ sql }) => `${sql},\n`).join('')}`;
  }

  /**
   * An expression as SQL, a token a line: a line number of the engine's is then a place in the source. `names` has the
   * columns that stand in place of parts; `inFold` it is computed value by value.
   */
  #piece(part: PartName, source: string, node: Node, names = noNames, inFold = false): string {
    const edits: Edits = { replaced: new Map(), before: new Map(), after: new Map() };
    this.#replace(part, source, node, edits, names);
    const isOne = (inner: Node): boolean => names.has(inner) || isColumn(inner);
    const { made, written, ranked } = undefinable(source, node, isOne);
    for (const { at, end } of written) edits.replaced.set(at, { at, end, text: 'NULL' });
    const isInnermost = (span: Span): boolean =>
      !made.some((other) => other !== span && other.at >= span.at && other.end <= span.end);
    const twice = inFold ? made.filter(isInnermost) : [];
    for (const span of twice) around(edits, span, finiteOfTwo(linesOf(source, span, edits)));
    for (const span of made) if (!twice.includes(span)) around(edits, span, finite);
    for (const window of ranked) orderKnown(source, window, edits);
    for (const { call, member } of windowsOfMembers(node, isOne))
      around(edits, call, [['CASE WHEN', ...linesOf(source, member, edits), 'THEN'], ['END']]);
    const lines = linesOf(source, node, edits);
    const marker = `/* ${part} ${this.pieces.length} */`;
    this.pieces.push({ part, source, marker, lines });
    return `(${marker}\n${lines.map(({ text }) => text).join('\n')}\n)`;
  }

  /** Finds the calls that become columns, and the symbol of partitions, which goes by number. */
  #replace(part: PartName, source: string, node: Node, edits: Edits, names: Names): void {
    const into = (inner: Node): void => this.#replace(part, source, inner, edits, names);
    const { at, end } = node;
    const put = (text: string): void => void edits.replaced.set(at, { at, end, text });
    const name = names.get(node);
    if (name !== undefined) put(name);
    else if (node.kind === 'other') node.parts.forEach(into);
    else if (isMade(node)) put(this.#made(part, source, node));
    else if (isLonger(node)) put(this.#onLonger(part, source, node));
    else if (isColumn(node)) put(this.#feature(source, node));
    else if (node.kind === 'call') {
      node.args.forEach(into);
      const { partition = [], order = [] } = node.over ?? {};
      const putKey = ({ at, end }: Span, text: string): void =>
        void edits.replaced.set(at, { at, end, text });
      const acrossSymbols = partition.some(isDate);
      for (const { key } of order)
        if (isDate(key) && !acrossSymbols) putKey(key, 'bar');
        else into(key);
      for (const key of partition)
        if (key.kind === 'column' && key.name === 'symbol') putKey(key, 'sym');
        else if (isDate(key)) putKey(key, this.#moment);
        else into(key);
      this.#comparesAll ||= acrossSymbols && memberIn(node) === null;
    }
  }

  #feature(source: string, node: Call): string {
    const text = ({ at, end }: Span): string => source.slice(at, end);
    const feature = featureOf(node.name, node.args.map(text), this.facts);
    this.#asked[
      text(node)
        .replaceAll(/\s+/g, ' ')
        .replace(/^[( ]+(.*?\)).*$/, '$1')
    ] = feature;
    return this.#slot(feature);
  }

  /** The column that a call brings of longer bars: a query of its own over them, which all its askers share. */
  #onLonger(part: PartName, source: string, call: Call): string {
    const every = lengthOf(source, call);
    const { barSeconds: { data, own } = {} } = this.facts;
    const why = whyNotMade(every, data);
    const name = call.name;
    if (why !== null) {
      const remedy =
        data === undefined
          ? 'Use weekly() or monthly().'
          : 'Take a longer length, a multiple of theirs.';
      refuse(source, call, `Bars for ${name}() cannot be made: ${why}.`, remedy);
    }
    if (own !== undefined && leastSeconds(every) <= own) {
      const remedy = 'Write what is in its brackets alone, or take a longer length.';
      refuse(source, call, `${name}() is of bars no longer than the study’s own.`, remedy);
    }
    const inner = innerOf(call);
    const key = `${every} ${wordsOf(source, inner)}`;
    const feature =
      this.#longer.get(key) ??
      longer(
        every,
        new Compiler(this.facts, this.pieces).#column(part, source, inner),
        longerWarmUp(source, call),
      );
    this.#longer.set(key, feature);
    // Brackets may stand around a call, and belong to its stretch.
    const end = source.indexOf(')', inner.end) + 1;
    if (isCounted(typeOfPart(inner)))
      this.#asked[source.slice(call.nameSpan.at, end).replaceAll(/\s+/g, ' ')] = feature;
    const slot = this.#slot(feature);
    this.#longerSlots.set(call, slot);
    return slot;
  }

  /** An expression as a feature, over whichever bars. */
  #column(part: PartName, source: string, node: Node): Feature {
    const sql = this.#piece(part, source, node);
    const text = `WITH ${this.#stagesSql()}said AS (SELECT row, ${sql} AS value FROM stage_${this.#stages.length})
SELECT value FROM said ORDER BY row`;
    return expression(text, this.#inputs);
  }

  #slot(feature: Feature): string {
    const key = featureKey(feature);
    const slot = this.#slots.get(key) ?? `f${this.#slots.size + 1}`;
    this.#slots.set(key, slot);
    this.#inputs[slot] = feature;
    return slot;
  }

  /** The column that a call makes of its expressions. */
  #made(part: PartName, source: string, call: Call): string {
    const [first, second] = call.args as readonly [Node, Node?];
    const depth = madeDepth(call);
    const piece = (node: Node): string => this.#piece(part, source, node);
    const number = (node: Node | undefined): number =>
      node === undefined ? 1 : Number(source.slice(node.at, node.end));
    // Of the columns of its own expressions, which the stages below have.
    const stage = (): Stage => (this.#stages[depth - 1] ??= new Stage(depth, this.#moment));
    if (call.name === 'prev') {
      const value = piece(first);
      return stage().earlier(value, number(second));
    }
    if (call.name === 'ema') {
      const value = piece(first);
      return stage().mean(value, number(second));
    }
    if (second === undefined) throw new RangeError(`${call.name}() lacks what it is of.`);
    if (call.name === 'of') {
      const symbol = this.#symbol(source, first);
      const value = piece(second);
      return stage().of(symbol, value);
    }
    const known = knownParts(second);
    const values = known.map((node) => ({
      value: piece(node),
      isCondition: typeOfPart(node) === 'boolean',
    }));
    const priors = priorsIn(second);
    return stage().accumulated({
      seed: piece(first),
      known: values,
      step: (prior, names, inFold) =>
        this.#piece(
          part,
          source,
          second,
          new Map([
            ...priors.map((node) => [node, prior] as const),
            ...known.map((node, i) => [node, names[i]!] as const),
          ]),
          inFold,
        ),
    });
  }

  /** The number of a symbol of the dataset, by the name that stands there. */
  #symbol(source: string, span: Span): number {
    const name = named(source, span);
    const { symbols } = this.facts;
    const symbol = symbols.indexOf(name);
    if (symbol >= 0) return symbol;
    const alike = near(name, symbols).slice(0, 3);
    const some = symbols.slice(0, 5).join(', ');
    const more = symbols.length > 5 ? ` and ${symbols.length - 5} more` : '';
    return refuse(
      source,
      span,
      `The data have no symbol “${name}”.`,
      alike.length > 0 ? `Did you mean ${alike.join(' or ')}?` : `They have ${some}${more}.`,
    );
  }
}

/** Whether a node is a column by itself, and what stands in its brackets no part of the SQL. */
const isColumn = (node: Node): node is Call & { readonly over: null } =>
  node.kind === 'call' && featureNames.has(node.name);

/** The member() that a window over a date is partitioned by; null where it is by the date alone. */
const memberIn = ({ over }: Call): Call | null =>
  over?.partition.find((key): key is Call => key.kind === 'call' && key.name === 'member') ?? null;

/** Windows over the members of a date: who is no member has no place among them. */
function windowsOfMembers(
  node: Node,
  isOne: (inner: Node) => boolean,
): { readonly call: Call; readonly member: Call }[] {
  if (isOne(node)) return [];
  const below = partsOf(node).flatMap((part) => windowsOfMembers(part, isOne));
  if (node.kind !== 'call' || node.over?.partition.some(isDate) !== true) return below;
  const member = memberIn(node);
  return member === null ? below : [...below, { call: node, member }];
}
