"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Order = exports.missing = exports.tooLarge = exports.tooWide = exports.noInteger = exports.outOfOrder = exports.fine = void 0;
exports.addressOfColumn = addressOfColumn;
exports.addressOfKnown = addressOfKnown;
exports.addressOfResults = addressOfResults;
exports.addressOfGiven = addressOfGiven;
exports.cell = cell;
exports.isKnown = isKnown;
exports.give = give;
exports.giveNothing = giveNothing;
exports.isInteger = isInteger;
exports.fits = fits;
/** Rows that DuckDB hands over at once, at most: the size of its vectors. */
const most = 2048;
/** Where the engine's side writes the columns of a chunk, and reads the result. */
const columns = memory.data(5 * most * sizeof(), 8);
const areKnown = memory.data(5 * most);
const results = memory.data(most * sizeof(), 8);
const areGiven = memory.data(most);
function addressOfColumn(column) {
    return columns + column * most * sizeof();
}
function addressOfKnown(column) {
    return areKnown + column * most;
}
function addressOfResults() {
    return results;
}
function addressOfGiven() {
    return areGiven;
}
function cell(column, row) {
    return load(columns + (column * most + row) * sizeof());
}
function isKnown(column, row) {
    return load(areKnown + column * most + row);
}
function give(row, value) {
    store(results + row * sizeof(), value);
    store(areGiven + row, true);
}
function giveNothing(row) {
    store(areGiven + row, false);
}
/** Why a kernel does not answer with a chunk; `reasons` in workers/engines/kernels.ts has the words. */
exports.fine = 0;
exports.outOfOrder = 1;
exports.noInteger = 2;
exports.tooWide = 3;
exports.tooLarge = 4;
exports.missing = 5;
/** The number of the row that comes next, which is the first column of every kernel; what a statement begins with is free. */
class Order {
    next = NaN;
    /** Whether the rows of a chunk come one by one, after those of the chunk before. */
    holds(rows) {
        let next = isNaN(this.next) ? cell(0, 0) : this.next;
        for (let i = 0; i < rows; i++, next++) {
            if (!isKnown(0, i) || cell(0, i) != next)
                return false;
        }
        this.next = next;
        return true;
    }
}
exports.Order = Order;
/** The largest integer up to which doubles hold every one, 2^53. */
const largest = 9007199254740992;
/** Whether it is an integer that a double holds beyond doubt: a larger one may have been rounded to this. */
function isInteger(value) {
    return abs(value) < largest && trunc(value) == value;
}
/**
 * Whether as many of these can be summed and squared in 128 bits, whatever is multiplied then: m · Σx² and (Σx)² are
 * below (window · |x|)².
 */
function fits(value, window) {
    return abs(value) * f64(window) < 4611686018427387904.0; // 2^62
}
