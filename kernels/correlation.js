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
exports.forgetCorrelation = forgetCorrelation;
exports.correlation = correlation;
const chunk = __importStar(require("./chunk"));
const int128_1 = require("./int128");
const ring_1 = require("./ring");
/** Sums over the pairs of a window, as crowd_reactivity.sql names them. */
class Moments {
    order = new chunk.Order();
    xs;
    ys;
    n = 0;
    x = 0;
    y = 0;
    xx = new int128_1.Int128();
    yy = new int128_1.Int128();
    xy = new int128_1.Int128();
    scratch = new int128_1.Int128();
    covariance = new int128_1.Int128();
    varianceX = new int128_1.Int128();
    varianceY = new int128_1.Int128();
    constructor(window) {
        this.xs = new ring_1.Ring(window);
        this.ys = new ring_1.Ring(window);
    }
    push(x, y) {
        if (x != ring_1.none) {
            this.n += 1;
            this.x += x;
            this.y += y;
            this.xx.add(this.scratch.setProduct(x, x));
            this.yy.add(this.scratch.setProduct(y, y));
            this.xy.add(this.scratch.setProduct(x, y));
        }
        const oldX = this.xs.push(x);
        const oldY = this.ys.push(y);
        if (oldX != ring_1.none) {
            this.n -= 1;
            this.x -= oldX;
            this.y -= oldY;
            this.xx.subtract(this.scratch.setProduct(oldX, oldX));
            this.yy.subtract(this.scratch.setProduct(oldY, oldY));
            this.xy.subtract(this.scratch.setProduct(oldX, oldY));
        }
    }
    /** |Pearson|, at most 1; NaN without variance. */
    correlation() {
        const n = this.n;
        const x = this.x;
        const y = this.y;
        const scratch = this.scratch;
        this.varianceX.setMultiple(this.xx, n).subtract(scratch.setProduct(x, x));
        this.varianceY.setMultiple(this.yy, n).subtract(scratch.setProduct(y, y));
        if (!this.varianceX.isPositive || !this.varianceY.isPositive)
            return NaN;
        this.covariance.setMultiple(this.xy, n).subtract(scratch.setProduct(x, y));
        const both = Math.sqrt(this.varianceX.toDouble()) * Math.sqrt(this.varianceY.toDouble());
        return min(abs(this.covariance.toDouble()) / both, 1);
    }
}
let state = null;
function forgetCorrelation() {
    state = null;
}
/** Columns: row, x, y. A pair that lacks one of them is dropped. */
function correlation(rows, window, minimum) {
    let pairs = state;
    if (pairs === null)
        state = pairs = new Moments(window);
    if (!pairs.order.holds(rows))
        return chunk.outOfOrder;
    for (let i = 0; i < rows; i++) {
        if (chunk.isKnown(1, i) && chunk.isKnown(2, i)) {
            const x = chunk.cell(1, i);
            const y = chunk.cell(2, i);
            if (!chunk.isInteger(x) || !chunk.isInteger(y))
                return chunk.noInteger;
            if (!chunk.fits(x, window) || !chunk.fits(y, window))
                return chunk.tooWide;
            pairs.push(i64(x), i64(y));
        }
        else {
            pairs.push(ring_1.none, ring_1.none);
        }
        const value = pairs.n < minimum ? NaN : pairs.correlation();
        if (isNaN(value))
            chunk.giveNothing(i);
        else
            chunk.give(i, value);
    }
    return chunk.fine;
}
