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
  const frame = cursor.token.word !== ')';
  if (frame) readFrame(cursor);
  cursor.expect(')');
  return { partition, order, frame, at, end: cursor.end };
}

function readFrame(cursor: Cursor): void {
  if (!cursor.skip('rows'))
    cursor.refuse(cursor.token, 'A window counts rows.', 'Write ROWS 19 PRECEDING, say.');
  const between = cursor.skip('between');
  readBound(cursor);
  if (!between) return;
  cursor.expect('and');
  readBound(cursor);
}

function readBound(cursor: Cursor): void {
  const first = cursor.take();
  if (first.word === 'current') {
    cursor.expect('row');
    return;
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
}
