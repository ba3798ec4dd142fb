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
exports.forgetHighest = forgetHighest;
exports.highest = highest;
const chunk = __importStar(require("./chunk"));
/**
 * The highest value of a window that moves along a series. Kept are values that no later one surpasses, with their rows:
 * they fall, and the first is the highest.
 */
class Highest {
    window;
    order = new chunk.Order();
    values;
    rows;
    first = 0;
    count = 0;
    constructor(window) {
        this.window = window;
        this.values = new StaticArray(window);
        this.rows = new StaticArray(window);
    }
    get isEmpty() {
        return this.count == 0;
    }
    get highest() {
        return unchecked(this.values[this.first]);
    }
    leave(row) {
        if (this.isEmpty || unchecked(this.rows[this.first]) > row - f64(this.window))
            return;
        this.first = this.place(1);
        this.count -= 1;
    }
    push(row, value) {
        while (this.count > 0 && unchecked(this.values[this.place(this.count - 1)]) <= value)
            this.count -= 1;
        const place = this.place(this.count);
        unchecked((this.values[place] = value));
        unchecked((this.rows[place] = row));
        this.count += 1;
    }
    place(i) {
        const place = this.first + i;
        return place < this.window ? place : place - this.window;
    }
}
let state = null;
function forgetHighest() {
    state = null;
}
/** Columns: row, bar, x. Nothing before bar period − 1. Missing ones are passed over. */
function highest(rows, window, period) {
    let series = state;
    if (series === null)
        state = series = new Highest(window);
    if (!series.order.holds(rows))
        return chunk.outOfOrder;
    for (let i = 0; i < rows; i++) {
        const row = chunk.cell(0, i);
        const x = chunk.cell(2, i);
        series.leave(row);
        if (chunk.isKnown(2, i)) {
            if (!isFinite(x))
                return chunk.noInteger;
            series.push(row, x);
        }
        if (series.isEmpty || chunk.cell(1, i) < f64(period - 1))
            chunk.giveNothing(i);
        else
            chunk.give(i, series.highest);
    }
    return chunk.fine;
}
