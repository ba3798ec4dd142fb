"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", { value: true });
exports.forgetSmoothed = forgetSmoothed;
exports.smoothed = smoothed;
const chunk = __importStar(require("./chunk"));
const int128_1 = require("./int128");
/** Bars that are smoothed at once, by doubling; from block to block a value is carried. */
const block = 64;
/** smoothed.sql of the rows so far, in the same steps: no other order of additions has the same bits. */
class Smoothed {
    order = new chunk.Order();
    /** Terms of a block, then their sums over 2, 4, … 64 places, one row of `block` each. */
    sums = new StaticArray(7 * block);
    /** keep to the powers 1, 2, 4, … 32. */
    powers = new StaticArray(6);
    carry = 0;
    /** The sum of the values before the first smoothed one. */
    total = 0;
    first = new int128_1.Int128();
}
let state = null;
function forgetSmoothed() {
    state = null;
}
/**
 * Columns: row, step, x, power: `step` is 0 at the first value, which is the mean of `period` of x; power is keep to the
 * place within the block, from 1 on.
 */
function smoothed(rows, period, keep, keep2, keep4, keep8, keep16, keep32, keep64) {
    let series = state;
    if (series === null) {
        state = series = new Smoothed();
        series.powers = [keep, keep2, keep4, keep8, keep16, keep32];
    }
    if (!series.order.holds(rows))
        return chunk.outOfOrder;
    const sums = series.sums;
    const powers = series.powers;
    for (let i = 0; i < rows; i++) {
        const step = i32(chunk.cell(1, i));
        chunk.giveNothing(i);
        if (step <= -period)
            continue;
        const x = chunk.cell(2, i);
        if (!chunk.isKnown(2, i))
            return chunk.missing;
        if (!chunk.isInteger(x))
            return chunk.noInteger;
        if (!chunk.fits(x, period))
            return chunk.tooWide;
        if (step == 1 - period) {
            series.total = 0;
            series.carry = 0;
        }
        if (step <= 0)
            series.total += i64(x);
        if (step < 0)
            continue;
        const place = step % block;
        let v = step == 0 ? series.first.set(series.total).toDouble() / f64(period) : x * (1 - keep);
        for (let level = 0; level < 6; level++) {
            unchecked((sums[level * block + place] = v));
            const behind = 1 << level;
            v += place >= behind ? unchecked(powers[level] * sums[level * block + place - behind]) : 0;
        }
        chunk.give(i, v + series.carry * chunk.cell(3, i));
        // As the recursion of smoothed.sql: the block's own, then what was carried into it.
        if (place == block - 1)
            series.carry = step < block ? v : v + keep64 * series.carry;
    }
    return chunk.fine;
}
