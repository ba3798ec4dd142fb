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
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
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
exports.forgetSum = forgetSum;
exports.sum = sum;
exports.rangeSum = rangeSum;
const chunk = __importStar(require("./chunk"));
const ring_1 = require("./ring");
/** The sum of a window that moves along a series. */
class Sum {
    order = new chunk.Order();
    ring;
    total = 0;
    /** Whether any value has come yet: SQL's sum of none is null. */
    hasAny = false;
    constructor(window) {
        this.ring = new ring_1.Ring(window);
    }
    push(x) {
        const leaving = this.ring.push(x);
        if (x != ring_1.none) {
            this.total += x;
            this.hasAny = true;
        }
        if (leaving != ring_1.none)
            this.total -= leaving;
    }
}
__decorate([
    inline
], Sum.prototype, "push", null);
let state = null;
let ranges = null;
let closeBefore = NaN;
function forgetSum() {
    state = null;
    ranges = null;
}
/** Columns: row, bar, x. Nothing before bar window − 1. */
function sum(rows, window) {
    let series = state;
    if (series === null)
        state = series = new Sum(window);
    if (!series.order.holds(rows))
        return chunk.outOfOrder;
    for (let i = 0; i < rows; i++) {
        const x = chunk.cell(2, i);
        if (!chunk.isKnown(2, i))
            series.push(ring_1.none);
        else if (!chunk.isInteger(x))
            return chunk.noInteger;
        else if (!chunk.fits(x, window))
            return chunk.tooWide;
        else
            series.push(i64(x));
        const total = f64(series.total);
        if (!series.hasAny || chunk.cell(1, i) < f64(window - 1))
            chunk.giveNothing(i);
        else if (!chunk.isInteger(total))
            return chunk.tooLarge;
        else
            chunk.give(i, total);
    }
    return chunk.fine;
}
/**
 * The sum of true ranges (true_range.sql) of a window. Columns: row, bar, high, low, close, as integers. Nothing before
 * bar window − 1.
 */
function rangeSum(rows, window) {
    let series = ranges;
    if (series === null)
        ranges = series = new Sum(window);
    if (!series.order.holds(rows))
        return chunk.outOfOrder;
    for (let i = 0; i < rows; i++) {
        const bar = chunk.cell(1, i);
        chunk.giveNothing(i);
        if (bar < 0) {
            series.push(ring_1.none);
            continue;
        }
        if (!chunk.isKnown(2, i) || !chunk.isKnown(3, i) || !chunk.isKnown(4, i))
            return chunk.missing;
        const high = chunk.cell(2, i);
        const low = chunk.cell(3, i);
        const close = chunk.cell(4, i);
        if (!chunk.isInteger(high) || !chunk.isInteger(low) || !chunk.isInteger(close))
            return chunk.noInteger;
        let range = high - low;
        if (bar > 0)
            range = max(range, max(abs(high - closeBefore), abs(low - closeBefore)));
        closeBefore = close;
        if (!chunk.isInteger(range))
            return chunk.noInteger;
        if (!chunk.fits(range, window))
            return chunk.tooWide;
        series.push(i64(range));
        if (bar < f64(window - 1))
            continue;
        const total = f64(series.total);
        if (!chunk.isInteger(total))
            return chunk.tooLarge;
        chunk.give(i, total);
    }
    return chunk.fine;
}
