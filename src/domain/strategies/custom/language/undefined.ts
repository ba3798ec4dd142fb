import { type Call, type Node, type Over, isDate } from './node.ts';
import type { Span } from './problem.ts';
import { canBeUndefined, passedOn } from './vocabulary.ts';

/**
 * Where an expression can become NaN or infinite, which the engine would compare as a number above all others:
 * `made` may yield it of finite numbers, `written` says it itself (1e999, 'nan').
 */
interface Undefinable {
  readonly made: readonly Span[];
  readonly written: readonly Span[];
  /** Windows over the symbols of a date in an order that may be unknown. */
  readonly ranked: readonly Ranked[];
}

export interface Ranked {
  readonly call: Span;
  /** The keys of its order that can be null. */
  readonly keys: readonly Node[];
}

/** What of an expression has to be made null. Stops at what is a column, which has been looked at by itself. */
export function undefinable(
  source: string,
  root: Node,
  isColumn: (node: Node) => boolean,
): Undefinable {
  const made: Span[] = [];
  const written: Span[] = [];
  const ranked: Ranked[] = [];

  /** With `passes`, what stands around the node hands its NaN and infinity on, and is looked at itself. */
  function visit(node: Node, passes = false): void {
    if (isColumn(node)) return;
    switch (node.kind) {
      case 'number':
        if (!Number.isFinite(Number(bare(source, node)))) written.push(node);
        return;
      case 'call':
        if (!passes && canBeUndefined.has(node.name)) made.push(node);
        visitAll(node.args);
        if (node.over) visitOver(node, node.over);
        return;
      case 'other': {
        const { sign, parts, type } = node;
        const [left, right] = parts;
        if (sign === 'date' && left && isWritten(source, left)) {
          written.push(node);
        } else if (sign === 'sign' && left) {
          visit(left, passes);
        } else if (handsOn.has(sign) && left && right) {
          if (!passes) made.push(node);
          visit(left, true);
          visit(right, sign !== '/');
        } else {
          const computed = sign === '//' || sign === '%';
          const casts = sign === 'cast' && (type === 'number' || type === 'date');
          if (!passes && (computed || casts)) made.push(node);
          visitAll(parts, type === 'text' || sign === 'like' || sign === 'ilike');
        }
        return;
      }
      default:
    }
  }

  function visitOver(call: Call, { partition, order }: Over): void {
    const keys = order.map(({ key }) => key);
    [...partition, ...keys].forEach((key) => {
      visit(key);
    });
    const nullable = keys.filter((key) => key.kind !== 'column' || key.name === 'volume');
    if (partition.some(isDate) && nullable.length > 0) ranked.push({ call, keys: nullable });
  }

  function visitAll(nodes: readonly Node[], areTexts = false): void {
    for (const node of nodes) {
      if (node.kind !== 'text') visit(node);
      else if (!areTexts && isWritten(source, node) && !nodes.some(isText)) written.push(node);
    }
  }

  /** Beside a text, 'inf' is the name of a symbol. */
  const isText = (node: Node): boolean => {
    if (node.kind === 'text') return !isWritten(source, node);
    if (node.kind === 'column') return node.name === 'symbol';
    if (node.kind === 'call') return passedOn.has(node.name) && node.args.some(isText);
    return (
      node.kind === 'other' &&
      (node.sign === 'case' || node.sign === 'then'
        ? node.parts.some(isText)
        : node.type === 'text')
    );
  };

  visitAll([root]);
  return { made, written, ranked };
}

/** Signs that make NaN or infinity of any operand that is; of a division only what is above the line does. */
const handsOn: ReadonlySet<string> = new Set(['+', '-', '*', '/']);

const bare = (source: string, { at, end }: Span): string =>
  source.slice(at, end).replaceAll(/^[(\s]+|[)\s]+$/g, '');

/** Text that the engine would read as no finite number. */
function isWritten(source: string, node: Node): boolean {
  if (node.kind !== 'text') return false;
  const text = bare(source, node).slice(1, -1).trim();
  const number = Number(text.replaceAll('_', ''));
  return /^[-+]?(?:nan|inf|infinity)$/i.test(text) || Math.abs(number) === Infinity;
}
