import type { Cursor } from './cursor.ts';
import type { Node, Over } from './node.ts';

/** What follows OVER: a window of rows that ends at the current one. `expression` reads a value. */
export function readOver(cursor: Cursor, expression: () => Node): Over {
  const { at } = cursor.token;
  cursor.expect('(');
  const partition: Node[] = [];
  const order: { key: Node; descending: boolean }[] = [];
  if (cursor.skip('partition')) {
    cursor.expect('by');
    do partition.push(expression());
    while (cursor.skip(','));
  }
  if (cursor.skip('order')) {
    cursor.expect('by');
    do {
      const key = expression();
      const descending = cursor.skip('desc');
      if (!descending) cursor.skip('asc');
      order.push({ key, descending });
    } while (cursor.skip(','));
  }
  const rows = cursor.token.word === ')' ? null : readFrame(cursor);
  cursor.expect(')');
  return { partition, order, rows, at, end: cursor.end };
}

/** How many rows back it begins; null where it has no bound. */
function readFrame(cursor: Cursor): number | null {
  if (!cursor.skip('rows'))
    cursor.refuse(cursor.token, 'A window counts rows.', 'Write ROWS 19 PRECEDING, say.');
  const between = cursor.skip('between');
  const rows = readBound(cursor);
  if (!between) return rows;
  cursor.expect('and');
  readBound(cursor);
  return rows;
}

function readBound(cursor: Cursor): number | null {
  const first = cursor.take();
  if (first.word === 'current') {
    cursor.expect('row');
    return 0;
  }
  const whole = first.kind === 'number' && /^\d+$/.test(first.text);
  if (!whole && first.word !== 'unbounded')
    cursor.refuse(
      first,
      'A window reaches a whole number of rows back.',
      'Write 19 PRECEDING, say.',
    );
  if (cursor.token.word === 'following') {
    cursor.refuse(
      { at: first.at, end: cursor.token.end },
      'FOLLOWING reaches bars to come.',
      'End the window at CURRENT ROW.',
    );
  }
  cursor.expect('preceding');
  return whole ? Number(first.text) : null;
}
