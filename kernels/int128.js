"use strict";
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Int128 = void 0;
/** The upper 64 of the 128 bits of a product, of both as they are without a sign. */
function upperOf(a, b) {
    const low = 0xffffffff;
    const first = (a >> 32) * (b & low) + (((a & low) * (b & low)) >> 32);
    const second = (a & low) * (b >> 32) + (first & low);
    return (a >> 32) * (b >> 32) + (first >> 32) + (second >> 32);
}
/** A signed integer of 128 bits in two's complement: DuckDB's HUGEINT. Nothing here tells of an overflow. */
class Int128 {
    upper = 0;
    lower = 0;
    set(value) {
        this.upper = value >> 63;
        this.lower = value;
        return this;
    }
    /** Becomes a · b. */
    setProduct(a, b) {
        this.upper = upperOf(a, b) - (a < 0 ? b : 0) - (b < 0 ? a : 0);
        this.lower = a * b;
        return this;
    }
    /** Becomes `other` · n, for an n that is not negative. */
    setMultiple(other, n) {
        this.upper = other.upper * n + upperOf(other.lower, n);
        this.lower = other.lower * n;
        return this;
    }
    add(other) {
        const lower = this.lower + other.lower;
        this.upper += other.upper + i64(lower < other.lower);
        this.lower = lower;
        return this;
    }
    subtract(other) {
        this.upper -= other.upper + i64(this.lower < other.lower);
        this.lower -= other.lower;
        return this;
    }
    get isZero() {
        return this.upper == 0 && this.lower == 0;
    }
    get isPositive() {
        return this.upper > 0 || (this.upper == 0 && this.lower > 0);
    }
    /** HUGEINT::DOUBLE as DuckDB rounds it (its Hugeint::TryCast): the halves by themselves, then their sum. */
    toDouble() {
        if (this.upper == -1)
            return -f64(~this.lower) - 1;
        return f64(this.lower) + f64(this.upper) * 18446744073709551616.0;
    }
}
exports.Int128 = Int128;
__decorate([
    inline
], Int128.prototype, "isZero", null);
__decorate([
    inline
], Int128.prototype, "isPositive", null);
