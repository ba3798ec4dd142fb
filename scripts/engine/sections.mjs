/** Of the binary format of WebAssembly what cut.mjs needs: https://webassembly.github.io/spec/core/binary/. */

/** Numbers of sections. */
export const section = {
  import: 2,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
};
/** Kinds of what is imported and exported. */
export const kind = { func: 0, table: 1, memory: 2, global: 3, tag: 4 };

/** Reads bytes, from a place on. */
export class Reader {
  constructor(/** @type {Buffer} */ bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++] ?? 0;
  }

  /** An unsigned number of up to 32 bits. */
  number() {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  }

  text() {
    const length = this.number();
    this.pass(length);
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  /** A list, read one by one. @template T @returns {T[]} */
  each(/** @type {(reader: Reader) => T} */ read) {
    return Array.from({ length: this.number() }, () => read(this));
  }

  /** Passes numbers of any length. */
  skip(count = 1) {
    for (; count > 0; count--) while (this.byte() > 127);
  }

  /** Passes bytes. */
  pass(/** @type {number} */ count) {
    this.at += count;
  }

  since(/** @type {number} */ from) {
    return this.bytes.subarray(from, this.at);
  }
}

/** Passes what an import is declared as. */
export function skipDeclared(/** @type {Reader} */ reader, /** @type {number} */ what) {
  if (what === kind.global) reader.pass(2);
  else if (what === kind.table || what === kind.memory) {
    if (what === kind.table) reader.pass(1);
    reader.skip(reader.number() & 1 ? 2 : 1);
  } else {
    if (what === kind.tag) reader.pass(1);
    reader.skip();
  }
}

/** An unsigned number in as few bytes as it needs. */
export function encoded(/** @type {number} */ value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

/** The sections in the order of the file: each whole, and where its content begins. */
export function sectionsOf(/** @type {Buffer} */ wasm) {
  const found = [];
  for (const reader = new Reader(wasm, 8); reader.at < wasm.length;) {
    const from = reader.at;
    const id = reader.byte();
    const length = reader.number();
    const at = reader.at;
    reader.pass(length);
    found.push({ id, at, bytes: reader.since(from) });
  }
  return found;
}

export function sectionOf(/** @type {number} */ id, /** @type {Buffer[]} */ parts) {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([id]), encoded(content.length), content]);
}
