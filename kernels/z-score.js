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
exports.forgetZScore = forgetZScore;
exports.zScore = zScore;
const chunk = __importStar(require("./chunk"));
const int128_1 = require("./int128");
const ring_1 = require("./ring");
/** z_score.sql of the rows so far: m values, their sum s and the sum of their squares q. */
class ZScore {
    order = new chunk.Order();
    ring;
    m = 0;
    s = 0;
    q = new int128_1.Int128();
    square = new int128_1.Int128();
    v = new int128_1.Int128();
    constructor(window) {
        this.ring = new ring_1.Ring(window);
    }
    push(x) {
        const leaving = this.ring.push(x);
        if (x != ring_1.none) {
            this.m += 1;
            this.s += x;
            this.q.add(this.square.setProduct(x, x));
        }
        if (leaving != ring_1.none) {
            this.m -= 1;
            this.s -= leaving;
            this.q.subtract(this.square.setProduct(leaving, leaving));
        }
    }
    of(x) {
        const m = this.m;
        const v = this.v.setMultiple(this.q, m).subtract(this.square.setProduct(this.s, this.s));
        if (v.isZero)
            return 0;
        const spread = Math.sqrt(v.toDouble() * (f64(m) / f64(m - 1)));
        return v.set(m * x - this.s).toDouble() / spread;
    }
}
let state = null;
function forgetZScore() {
    state = null;
}
/** Columns: row, x. */
function zScore(rows, window, minimum) {
    let series = state;
    if (series === null)
        state = series = new ZScore(window);
    if (!series.order.holds(rows))
        return chunk.outOfOrder;
    for (let i = 0; i < rows; i++) {
        if (!chunk.isKnown(1, i)) {
            series.push(ring_1.none);
            chunk.giveNothing(i);
            continue;
        }
        const x = chunk.cell(1, i);
        if (!chunk.isInteger(x))
            return chunk.noInteger;
        if (!chunk.fits(x, window))
            return chunk.tooWide;
        series.push(i64(x));
        if (series.m < minimum)
            chunk.giveNothing(i);
        else
            chunk.give(i, series.of(i64(x)));
    }
    return chunk.fine;
}
