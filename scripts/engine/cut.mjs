import { readInstructions } from './instructions.mjs';
import {
  Reader,
  encoded,
  kind,
  section,
  sectionOf,
  sectionsOf,
  skipDeclared,
} from './sections.mjs';

/** A function that nobody calls: no locals, `unreachable`, end. */
const emptyBody = Buffer.from([3, 0, 0x00, 0x0b]);
/** A global that nobody reads: an i32 that is 0. */
const emptyGlobal = (/** @type {Buffer} */ { 1: mutable = 0 }) =>
  Buffer.from([i32, mutable, 0x41, 0, 0x0b]);
const i32 = 0x7f;

/**
 * A WebAssembly binary with only those exports whose names `keeps` is true of, and without what the others alone needed:
 * functions that nothing can reach become traps, numbers that nothing reads become 0. Whatever remains has its bytes and
 * its place.
 */
export function cut(/** @type {Buffer} */ wasm, /** @type {(name: string) => boolean} */ keeps) {
  const sections = sectionsOf(wasm);
  /** What a section holds, one by one. @template T @returns {T[]} */
  const all = (/** @type {number} */ id, /** @type {(reader: Reader) => T} */ read) => {
    const found = sections.find((one) => one.id === id);
    return found === undefined ? [] : new Reader(wasm, found.at).each(read);
  };
  const imports = all(section.import, readImport);
  const exports = all(section.export, readExport).filter(({ name }) => keeps(name));
  const bodies = all(section.code, readBody);
  const live = { funcs: new Set(), globals: new Set() };
  /** @type {number[]} */
  const waiting = [];
  const reached = {
    func: (/** @type {number} */ index) => {
      if (!live.funcs.has(index)) waiting.push(index);
      live.funcs.add(index);
    },
    global: (/** @type {number} */ index) => void live.globals.add(index),
  };

  for (const { what, index } of exports) {
    if (what === kind.func) reached.func(index);
    if (what === kind.global) reached.global(index);
  }
  const start = sections.find(({ id }) => id === section.start);
  if (start !== undefined) reached.func(new Reader(wasm, start.at).number());
  all(section.element, (reader) => readElements(reader, reached));
  all(section.data, (reader) => readData(reader, reached));
  const globals = all(section.global, (reader) => readGlobal(reader, reached));

  const before = {
    funcs: imports.filter((what) => what === kind.func).length,
    globals: imports.filter((what) => what === kind.global).length,
  };
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const body = bodies[index - before.funcs];
    if (body !== undefined) readCode(body, reached);
  }

  const made = new Map([
    [section.export, exports.map(({ bytes }) => bytes)],
    [
      section.global,
      globals.map((bytes, i) =>
        bytes[0] !== i32 || live.globals.has(before.globals + i) ? bytes : emptyGlobal(bytes),
      ),
    ],
    [
      section.code,
      bodies.map((bytes, i) => (live.funcs.has(before.funcs + i) ? bytes : emptyBody)),
    ],
  ]);
  return Buffer.concat([
    wasm.subarray(0, 8),
    ...sections.map(({ id, bytes }) => {
      const parts = made.get(id);
      return parts === undefined ? bytes : sectionOf(id, [encoded(parts.length), ...parts]);
    }),
  ]);
}

/** @typedef {import('./instructions.mjs').Reached} Reached */

/** The kind of what is imported. */
function readImport(/** @type {Reader} */ reader) {
  reader.text();
  reader.text();
  const what = reader.byte();
  skipDeclared(reader, what);
  return what;
}

function readExport(/** @type {Reader} */ reader) {
  const from = reader.at;
  const [name, what, index] = [reader.text(), reader.byte(), reader.number()];
  return { name, what, index, bytes: reader.since(from) };
}

/** Functions of a table, each of which any call by number may reach. */
function readElements(/** @type {Reader} */ reader, /** @type {Reached} */ reached) {
  if (reader.number() !== 0) throw new Error('Elements of another kind are not known here.');
  readInstructions(reader, reached);
  reader.each(() => reached.func(reader.number()));
}

function readData(/** @type {Reader} */ reader, /** @type {Reached} */ reached) {
  const form = reader.number();
  if (form === 2) reader.number();
  if (form !== 1) readInstructions(reader, reached);
  reader.pass(reader.number());
}

function readGlobal(/** @type {Reader} */ reader, /** @type {Reached} */ reached) {
  const from = reader.at;
  reader.pass(2);
  readInstructions(reader, reached);
  return reader.since(from);
}

/** A function's body, with its length before it. */
function readBody(/** @type {Reader} */ reader) {
  const from = reader.at;
  reader.pass(reader.number());
  return reader.since(from);
}

function readCode(/** @type {Buffer} */ body, /** @type {Reached} */ reached) {
  const reader = new Reader(body);
  reader.number();
  reader.each(() => reader.skip(2)); // Locals: how many, of which type.
  readInstructions(reader, reached, body.length);
}
