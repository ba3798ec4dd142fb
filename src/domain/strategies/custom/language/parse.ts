import { Cursor } from './cursor.ts';
import type { Call, Node, Other, Type } from './node.ts';
import { readOver } from './over.ts';
import type { Token } from './tokens.ts';
import { castTypes } from './vocabulary.ts';

/** How tightly infix operators bind, as in SQL. */
const binding: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  ...Object.fromEntries(
    [
      '=',
      '==',
      '<>',
      '!=',
      '<',
      '<=',
      '>',
      '>=',
      'is',
      'in',
      'between',
      'like',
      'ilike',
      'not',
    ].map((sign) => [sign, 4]),
  ),
  '||': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  '//': 7,
  '%': 7,
  '::': 9,
};
const [notBinds, comparisonBinds, minusBinds] = [3, 4, 8];

const reserved = new Set(
  'and or not is in between like ilike case when then else end over partition order by rows as asc desc null true false'.split(
    ' ',
  ),
);
const statements = new Set(
  'select with from where group having union values exists insert update delete create drop copy attach set pragma'.split(
    ' ',
  ),
);

const deepest = 100;

/** Reads an expression. Throws a Refusal at the first thing that is no part of one. */
export function parse(source: string): Node {
  const reader = new Reader(new Cursor(source));
  const node = reader.expression(0);
  reader.end();
  return node;
}

class Reader {
  #depth = 0;

  constructor(private readonly cursor: Cursor) {}

  end(): void {
    if (this.cursor.token.kind !== 'end')
      this.cursor.refuse(this.cursor.token, 'The expression should end here.');
  }

  expression(least: number): Node {
    if (++this.#depth > deepest)
      this.cursor.refuse(
        this.cursor.token,
        'The expression is nested too deeply.',
        'Make it simpler.',
      );
    let left = this.#prefix();
    for (;;) {
      const power = binding[this.cursor.token.word];
      if (power === undefined || power < least) break;
      left = this.#infix(left, power);
    }
    this.#depth--;
    return left;
  }

  #infix(left: Node, power: number): Node {
    const { word } = this.cursor.take();
    const { at } = left;
    switch (word) {
      case 'is': {
        this.cursor.skip('not');
        if (!['null', 'true', 'false'].includes(this.cursor.token.word))
          this.cursor.refuse(this.cursor.token, 'After IS stands NULL, TRUE or FALSE.');
        return this.#other('is', 'boolean', at, [left], this.cursor.take().end);
      }
      case 'not':
        if (!['in', 'between', 'like', 'ilike'].includes(this.cursor.token.word))
          this.cursor.refuse(this.cursor.token, 'After NOT stands IN, BETWEEN or LIKE here.');
        return this.#infix(left, power);
      case 'in': {
        this.cursor.expect('(');
        const list = this.#list();
        return this.#other(word, 'boolean', at, [left, ...list]);
      }
      case 'between': {
        const low = this.expression(comparisonBinds + 1);
        this.cursor.expect('and');
        const high = this.expression(comparisonBinds + 1);
        return { ...this.#other(word, 'boolean', at, [left, low, high]), copies: 3 };
      }
      case '::':
        return this.#other('cast', this.#castType(), at, [left]);
      default: {
        const right = this.expression(power + 1);
        const type: Type = power <= comparisonBinds ? 'boolean' : word === '||' ? 'text' : 'number';
        return this.#other(word, type, at, [left, right]);
      }
    }
  }

  #prefix(): Node {
    const token = this.cursor.take();
    const { at, end, kind, word } = token;
    if (kind === 'number' || kind === 'text') return { kind, at, end };
    if (word === '(') {
      const inner = this.expression(0);
      this.cursor.expect(')');
      return { ...inner, at, end: this.cursor.end };
    }
    if (word === '-' || word === '+')
      return this.#other('sign', 'number', at, [this.expression(minusBinds)]);
    if (word === 'not') return this.#other(word, 'boolean', at, [this.expression(notBinds)]);
    if (word === 'null') return this.#other(word, 'unknown', at, []);
    if (word === 'true' || word === 'false') return this.#other(word, 'boolean', at, []);
    if (word === 'case') return this.#case(at);
    if (word === 'cast' && this.cursor.token.word === '(') return this.#cast(at);
    if (word === 'date' && this.cursor.token.kind === 'text')
      return this.#other(word, 'date', at, [this.#prefix()]);
    if (statements.has(word))
      this.cursor.refuse(
        token,
        'An expression is one value: no subqueries, no statements.',
        'Use columns and functions only.',
      );
    if (word === 'interval')
      this.cursor.refuse(
        token,
        'Intervals are not used here.',
        'Count bars instead: prev(close, 20).',
      );
    if (kind !== 'name' || reserved.has(word)) {
      this.cursor.refuse(
        kind === 'end' ? { at: Math.max(0, at - 1), end } : token,
        kind === 'end' ? 'The expression ends too early.' : 'A value should stand here.',
      );
    }
    if (this.cursor.token.word === '(') return this.#call(token);
    return { kind: 'column', name: word, at, end };
  }

  #case(at: number): Node {
    const parts: Node[] = [];
    const values: Node[] = [];
    const isCompared = this.cursor.token.word !== 'when';
    if (isCompared) parts.push(this.expression(0));
    while (this.cursor.skip('when')) {
      parts.push(this.expression(0));
      this.cursor.expect('then');
      values.push(this.expression(0));
    }
    if (values.length === 0) this.cursor.refuse(this.cursor.token, 'CASE needs WHEN … THEN.');
    if (this.cursor.skip('else')) values.push(this.expression(0));
    this.cursor.expect('end');
    const type = values.map(typeOfNode).find((one) => one !== 'unknown') ?? 'unknown';
    const asked = this.#other('when', 'boolean', at, parts);
    const then = this.#other('then', type, at, values);
    return this.#other('case', type, at, [
      isCompared ? { ...asked, copies: values.length } : asked,
      then,
    ]);
  }

  #cast(at: number): Node {
    this.cursor.expect('(');
    const inner = this.expression(0);
    this.cursor.expect('as');
    const type = this.#castType();
    this.cursor.expect(')');
    return this.#other('cast', type, at, [inner]);
  }

  #castType(): Type {
    const token = this.cursor.take();
    const type = Object.hasOwn(castTypes, token.word) ? castTypes[token.word] : undefined;
    return (
      type ??
      this.cursor.refuse(
        token,
        'There is no such type here.',
        `Use one of ${Object.keys(castTypes).join(', ')}.`,
      )
    );
  }

  #call(name: Token): Call {
    this.cursor.expect('(');
    if (this.cursor.token.word === 'distinct')
      this.cursor.refuse(this.cursor.token, 'DISTINCT is not used here.', 'Leave it out.');
    const star =
      this.cursor.token.word === '*' && name.word === 'count' ? this.cursor.take() : null;
    const args = star && this.cursor.skip(')') ? [] : this.#list();
    if (['filter', 'within', 'ignore', 'respect'].includes(this.cursor.token.word))
      this.cursor.refuse(
        this.cursor.token,
        'This clause is not used here.',
        'Put a CASE inside the function.',
      );
    const over = this.cursor.skip('over') ? readOver(this.cursor, () => this.expression(0)) : null;
    return {
      kind: 'call',
      name: name.word,
      nameSpan: name,
      args,
      over,
      at: name.at,
      end: this.cursor.end,
    };
  }

  /** Values up to the closing bracket, the opening one taken. */
  #list(): Node[] {
    const list: Node[] = [];
    if (this.cursor.skip(')')) return list;
    do list.push(this.expression(0));
    while (this.cursor.skip(','));
    this.cursor.expect(')');
    return list;
  }

  #other(
    sign: string,
    type: Type,
    at: number,
    parts: readonly Node[],
    end = this.cursor.end,
  ): Other {
    return { kind: 'other', sign, type, parts, at, end };
  }
}

const typeOfNode = (node: Node): Type =>
  node.kind === 'other'
    ? node.type
    : node.kind === 'number' || node.kind === 'text'
      ? node.kind
      : 'unknown';
