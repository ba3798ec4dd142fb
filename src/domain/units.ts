/**
 * What a number counts. These are plain numbers at run time, and any number may take a unit on; but what has one
 * unit is refused where another is asked for: bps for a ratio, a row for a day.
 */
declare const unit: unique symbol;

type Unit<Name extends string> = number & { readonly [unit]?: Name };

/** Whole days since 1970-01-01 (UTC), so that dates are numbers in typed arrays. */
export type Day = Unit<'day'>;
/** Whole seconds since 1970-01-01T00:00 (UTC). */
export type Instant = Unit<'instant'>;
/** Index of a bar in the columns of a `Market`. */
export type Row = Unit<'row'>;
/** Index into the sessions of a run. */
export type Session = Unit<'session'>;
/** Ten-thousandths: 100 are 1 %. */
export type Bps = Unit<'bps'>;
/** A share or a return: 0.01 is 1 %. */
export type Ratio = Unit<'ratio'>;
/** Currency for one unit of an instrument; so are ATRs and distances of stops. */
export type Price = Unit<'price'>;

type Of<Name extends string> = { readonly [at: number]: Unit<Name>; readonly [unit]?: Name };

/** Columns of them. */
export type Days = Int32Array & Of<'day'>;
export type Rows = Int32Array & Of<'row'>;
export type SessionIndices = Int32Array & Of<'session'>;
export type Ratios = Float64Array & Of<'ratio'>;
export type Prices = Float64Array & Of<'price'>;

/** The unit that a word beside a setting stands for. */
export type UnitOf<Word> = Word extends 'bps' ? Bps : Word extends 'ratio' ? Ratio : number;

export const ratioOfBps = (bps: Bps): Ratio => bps / 10_000;
export const bpsOfRatio = (ratio: Ratio): Bps => ratio * 10_000;
