import { local } from './time/stamps.ts';

const [SPACE, PLUS, DASH, POINT, ZERO, COLON, C, T, U, Z] = [
  32, 43, 45, 46, 48, 58, 67, 84, 85, 90,
];

/** A number of two digits; NaN where one is none. */
export function pair(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [bytes[at]! - ZERO, bytes[at + 1]! - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : NaN;
}

/** Times of rows of plain text. Either all rows have one, or none has; so it is with offsets. See FileStamps. */
export class PlainTimes {
  clock: Int32Array<ArrayBuffer> | null = null;
  offset: Int32Array<ArrayBuffer> | null = null;
  #rows: number;

  /** For so many rows. */
  constructor(rows: number) {
    this.#rows = rows;
  }

  grow(rows: number): void {
    this.#rows = rows;
    const grown = (column: Int32Array | null): Int32Array<ArrayBuffer> | null => {
      if (column === null) return null;
      const larger = new Int32Array(rows);
      larger.set(column);
      return larger;
    };
    this.clock = grown(this.clock);
    this.offset = grown(this.offset);
  }

  /** Reads HH:MM, HH:MM:SS, HHMMSS, and Z, UTC or an offset behind it; where it ends, or −1 where it is none. */
  read(bytes: Uint8Array, from: number, row: number): number {
    const hasColons = bytes[from + 2] === COLON;
    const hour = pair(bytes, from);
    const minute = pair(bytes, from + (hasColons ? 3 : 2));
    let at = from + (hasColons ? 5 : 4);
    let second = 0;
    if (!hasColons || bytes[at] === COLON) {
      second = pair(bytes, hasColons ? at + 1 : at);
      at += hasColons ? 3 : 2;
    }
    if (bytes[at] === POINT) {
      // Fractions of nothing: others are rounded elsewhere.
      do at += 1;
      while (bytes[at] === ZERO);
      if (bytes[at - 1] === POINT) return -1;
    }
    let offset = local;
    if (bytes[at] === SPACE) {
      if (bytes[at + 1] === U && bytes[at + 2] === T && bytes[at + 3] === C)
        [at, offset] = [at + 4, 0];
    } else if (bytes[at] === Z) [at, offset] = [at + 1, 0];
    else if (bytes[at] === PLUS || bytes[at] === DASH) {
      const sign = bytes[at] === PLUS ? 60 : -60;
      const hours = pair(bytes, at + 1);
      const more = bytes[at + 3] === COLON ? 1 : 0;
      const minutes = pair(bytes, at + 3 + more);
      at += 3;
      offset = sign * 60 * hours;
      if (!Number.isNaN(minutes)) [at, offset] = [at + more + 2, offset + sign * minutes];
      if (Number.isNaN(offset)) return -1;
    }
    // What is no digit makes NaN, and comparisons with it are false.
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return -1;
    return this.set(row, hour * 3600 + minute * 60 + second, offset) ? at : -1;
  }

  /** False where other rows have none, or have an offset where this has none. */
  set(row: number, clock: number, offset: number): boolean {
    if (row === 0) {
      this.clock = new Int32Array(this.#rows);
      if (offset !== local) this.offset = new Int32Array(this.#rows);
    }
    if (this.clock === null || (this.offset === null) !== (offset === local)) return false;
    this.clock[row] = clock;
    if (this.offset !== null) this.offset[row] = offset;
    return true;
  }
}
