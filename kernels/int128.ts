/** The upper 64 of the 128 bits of a product, of both as they are without a sign. */
function upperOf(a: u64, b: u64): u64 {
  const low: u64 = 0xffffffff;
  const first = (a >> 32) * (b & low) + (((a & low) * (b & low)) >> 32);
  const second = (a & low) * (b >> 32) + (first & low);
  return (a >> 32) * (b >> 32) + (first >> 32) + (second >> 32);
}

/** A signed integer of 128 bits in two's complement: DuckDB's HUGEINT. Nothing here tells of an overflow. */
export class Int128 {
  upper: i64 = 0;
  lower: u64 = 0;

  set(value: i64): Int128 {
    this.upper = value >> 63;
    this.lower = value;
    return this;
  }

  /** Becomes a · b. */
  setProduct(a: i64, b: i64): Int128 {
    this.upper = upperOf(a, b) - (a < 0 ? b : 0) - (b < 0 ? a : 0);
    this.lower = a * b;
    return this;
  }

  /** Becomes `other` · n, for an n that is not negative. */
  setMultiple(other: Int128, n: i64): Int128 {
    this.upper = other.upper * n + upperOf(other.lower, n);
    this.lower = other.lower * n;
    return this;
  }

  add(other: Int128): Int128 {
    const lower = this.lower + other.lower;
    this.upper += other.upper + i64(lower < other.lower);
    this.lower = lower;
    return this;
  }

  subtract(other: Int128): Int128 {
    this.upper -= other.upper + i64(this.lower < other.lower);
    this.lower -= other.lower;
    return this;
  }

  @inline
  get isZero(): bool {
    return this.upper == 0 && this.lower == 0;
  }

  @inline
  get isPositive(): bool {
    return this.upper > 0 || (this.upper == 0 && this.lower > 0);
  }

  /** HUGEINT::DOUBLE as DuckDB rounds it (its Hugeint::TryCast): the halves by themselves, then their sum. */
  toDouble(): f64 {
    if (this.upper == -1) return -f64(~this.lower) - 1;
    return f64(this.lower) + f64(this.upper) * 18446744073709551616.0;
  }
}
