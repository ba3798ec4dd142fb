/** @typedef {{ func: (index: number) => void, global: (index: number) => void }} Reached */
/** @import { Reader } from './sections.mjs' */

const end = 0x0b;
const call = 0x10;
const branchTable = 0x0e;
const [globalGet, globalSet] = [0x23, 0x24];
const [f32Const, f64Const] = [0x43, 0x44];
const functionReference = 0xd2;
const extended = 0xfc;

/** How many numbers follow an instruction. @type {Map<number, number>} */
const operands = new Map();
const have = (
  /** @type {number} */ count,
  /** @type {[from: number, to: number][]} */ ...ranges
) => {
  for (const [from, to] of ranges)
    for (let code = from; code <= to; code++) operands.set(code, count);
};
have(0, [0x00, 0x01], [0x05, 0x05], [end, end], [0x0f, 0x0f]); // unreachable, nop, else, end, return
have(0, [0x19, 0x1b], [0x45, 0xc4], [0xd1, 0xd1]); // catch_all, drop, select, all arithmetic, ref.is_null
have(1, [0x02, 0x04], [0x06, 0x09]); // block, loop, if; try, catch, throw, rethrow
have(1, [0x0c, 0x0d], [0x18, 0x18], [0x20, 0x22]); // br, br_if, delegate, local.get, .set and .tee
have(1, [0x3f, 0x42], [0xd0, 0xd0]); // memory.size and .grow, i32.const, i64.const, ref.null
have(2, [0x11, 0x11], [0x28, 0x3e]); // call_indirect, loads, stores

/** The same after 0xfc. */
const extendedOperands = new Map([
  ...Array.from({ length: 8 }, (_, code) => /** @type {const} */ ([code, 0])), // conversions
  [10, 2], // memory.copy
  [11, 1], // memory.fill
]);

/**
 * Passes the instructions up to a place, or those of one constant expression, and tells which functions and globals they
 * name. One that is not known is refused, since it could name one, too.
 */
export function readInstructions(
  /** @type {Reader} */ reader,
  /** @type {Reached} */ reached,
  to = Infinity,
) {
  while (reader.at < to) {
    const code = reader.byte();
    if (code === end && to === Infinity) return;
    if (code === call || code === functionReference) reached.func(reader.number());
    else if (code === globalGet || code === globalSet) reached.global(reader.number());
    else if (code === branchTable) reader.skip(reader.number() + 1);
    else if (code === f32Const) reader.pass(4);
    else if (code === f64Const) reader.pass(8);
    else reader.skip(operandsOf(code, reader));
  }
}

function operandsOf(/** @type {number} */ code, /** @type {Reader} */ reader) {
  const count = code === extended ? extendedOperands.get(reader.number()) : operands.get(code);
  if (count === undefined)
    throw new Error(
      `The instruction 0x${code.toString(16)} before byte ${reader.at} is not known here.`,
    );
  return count;
}
