/** No value: no integer of a series is this. */
export const none: i64 = i64.MIN_VALUE;

/** The latest values of a series, as many as a window is long. */
export class Ring {
  private at: i32 = 0;
  private values: StaticArray<i64>;

  constructor(private window: i32) {
    this.values = new StaticArray<i64>(window);
    this.clear();
  }

  clear(): void {
    this.values.fill(none);
  }

  /** Takes a value in, and yields the one that leaves the window for it. */
  @inline
  push(value: i64): i64 {
    const leaving = unchecked(this.values[this.at]);
    unchecked((this.values[this.at] = value));
    this.at = this.at + 1 == this.window ? 0 : this.at + 1;
    return leaving;
  }
}
