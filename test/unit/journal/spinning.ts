const page = 4096;
const text = (value: string): number[] => [...new TextEncoder().encode(value)];

/** A row of sqlite_schema as a leaf's cell: its size, its number, the types of its five values, the values. */
function cell(
  type: string,
  name: string,
  table: string,
  root: number,
  sql: string | null,
): number[] {
  const types = [type, name, table].map((value) => 13 + 2 * value.length);
  const header = [6, ...types, 1, sql === null ? 0 : 13 + 2 * sql.length];
  const body = [...text(type), ...text(name), ...text(table), root, ...text(sql ?? '')];
  return [header.length + body.length, 1, ...header, ...body];
}

/** A page of a table's tree; inner ones end with the page of the last child. */
function tree(bytes: Uint8Array, at: number, cells: readonly number[][], last?: number): void {
  const head = last === undefined ? 8 : 12;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let end = page;
  cells.forEach((one, i) => {
    end -= one.length;
    bytes.set(one, end);
    view.setUint16(at + head + 2 * i, end);
  });
  bytes[at] = last === undefined ? 13 : 5;
  view.setUint16(at + 3, cells.length);
  view.setUint16(at + 5, end);
  if (last !== undefined) view.setUint32(at + 8, last);
}

/**
 * An SQLite file of eight pages whose schema takes SQLite longer to read than anyone lives: every child of an inner page
 * is the same page below, 500 times on each of four levels.
 */
export function spinningImage(): Uint8Array<ArrayBuffer> {
  const pages = 8;
  const image = new Uint8Array(pages * page);
  const view = new DataView(image.buffer);
  image.set(text('SQLite format 3\0'));
  view.setUint16(16, page);
  image.set([1, 1, 0, 64, 32, 32], 18);
  for (const [place, value] of [
    [24, 1],
    [28, pages],
    [44, 4],
    [56, 1],
    [68, 0x4f555453],
    [92, 1],
  ] as const)
    view.setUint32(place, value);
  const child = (number: number): number[] => [0, 0, 0, number, 1];
  const at = (number: number): Uint8Array => image.subarray((number - 1) * page, number * page);
  const index = cell('index', 'sqlite_autoindex_x_1', 'x', 3, null);
  tree(image, 100, [child(2)], 4);
  tree(at(2), 0, [cell('table', 'x', 'x', 8, 'CREATE TABLE x (a UNIQUE)'), index]);
  for (const number of [4, 5, 6, 7])
    tree(
      at(number),
      0,
      Array.from({ length: 500 }, () => child(number + 1)),
      number + 1,
    );
  tree(at(8), 0, [index]);
  return image;
}
