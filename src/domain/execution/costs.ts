import { monthOf } from '../calendar.ts';
import type { Market, Signals } from '../market.ts';
import type { CostSettings, Settings } from '../study/schema.ts';
import { onTick, tickAt, unitsPerContract } from './contracts.ts';
import { Past } from './history.ts';
import { ratioOfBps, type Day, type Price, type Ratio, type Row, type Rows } from '../units.ts';

/**
 * How a fill came about. A market fill (every open and close, every stop) crosses the spread, slips and moves
 * the market; a limit fill (a target, a limit entry) waits for the market to come: it pays commission, and slips only
 * where `slippageOn` is all.
 */
export type FillKind = 'market' | 'limit';

/** No fill pays anything, whatever its kind and size; borrow fees and interest are paid for time, not for fills. */
export const fillsAreFree = (costs: CostSettings): boolean =>
  costs.commission === 0 &&
  costs.commissionPerUnit === 0 &&
  costs.commissionBps === 0 &&
  costs.commissionMinimum === 0 &&
  (costs.tiers === 'off' || costs.tierRates.every((rate) => rate === 0)) &&
  costs.spread === 'fixed' &&
  costs.halfSpread === 0 &&
  (costs.slippageModel === 'bps' ? costs.slippage : costs.slippageAtr) === 0 &&
  costs.impact === null;

/** What the costs of fills hang on: of a setting. */
interface Priced {
  readonly market: Market;
  readonly signals: Signals;
  readonly settings: Pick<Settings, 'costs' | 'risk'>;
  readonly volumeFrom: Rows;
  readonly common: { readonly past: Past };
}

/**
 * What one fill costs. `quote` fixes everything but the quantity, `charge` names its costs: sizing
 * asks for many quantities, booking for one, and both get the same bits.
 */
export class CostModel {
  /** Of the last `charge`, in currency. */
  commission = 0;
  spread = 0;
  slippage = 0;
  impact = 0;
  /** All of them. */
  total = 0;
  /** The price at which the fill is booked: the quoted one, or a worse one where costs are booked in it. */
  price: Price = 0;

  readonly #costs: CostSettings;
  readonly #market: Market;
  readonly #signals: Signals;
  readonly #volumeFrom: Rows;
  readonly #leverage: Ratio;
  readonly #past: Past;
  readonly #fee: number;
  readonly #commissionRatio: Ratio;
  readonly #inPrice: boolean;
  readonly #plain: boolean;

  #quoted: Price = 0;
  #direction: 1 | -1 = 1;
  #spread: Ratio = 0;
  #slippage: Ratio = 0;
  /** Cost ÷ value at a quantity of one unit; grows with the root of the quantity. */
  #impact = 0;
  #tierRate = 0;
  /** Contracts or shares in a unit, the smallest step of the booked price, and what a unit binds in place of its price. */
  #contracts = 1;
  #tick: Price = 0;
  #margin = Number.NaN;
  #month = -1;
  #tradedUnits = 0;
  #tradedValue = 0;

  constructor(
    costs: CostSettings,
    market: Market,
    signals: Signals,
    volumeFrom: Rows,
    leverage: Ratio = 1,
    past = new Past(market, false),
  ) {
    this.#costs = costs;
    this.#leverage = leverage;
    this.#past = past;
    this.#market = market;
    this.#signals = signals;
    this.#volumeFrom = volumeFrom;
    this.#fee = costs.commission;
    this.#commissionRatio = ratioOfBps(costs.commissionBps);
    this.#inPrice = costs.booking === 'in-price';
    this.#plain =
      costs.commissionPerUnit === 0 &&
      costs.tiers === 'off' &&
      costs.commissionMinimum === 0 &&
      costs.commissionMaximum === null;
  }

  /** The costs of a setting. */
  static of({ market, signals, settings, volumeFrom, common }: Priced): CostModel {
    const { costs, risk } = settings;
    return new CostModel(costs, market, signals, volumeFrom, risk.leverage, common.past);
  }

  /** How many half spreads a market fill pays. */
  #halves(end: 'entry' | 'exit'): number {
    return this.#costs.spreadOn === 'entry' ? (end === 'entry' ? 2 : 0) : 1;
  }

  /**
   * Prepares for a fill of `symbol` at `price` in `row`'s bar on `day`; `direction` is +1 for buying, −1 for selling.
   * Spread, slippage and impact come from bars up to `known`, the newest bar that is over.
   */
  quote(
    symbol: number,
    row: Row,
    known: Row,
    day: Day,
    price: Price,
    direction: 1 | -1,
    kind: FillKind,
    end: 'entry' | 'exit',
  ): void {
    const costs = this.#costs;
    this.#quoted = price;
    this.#direction = direction;
    this.#spread = this.#slippage = this.#impact = 0;
    const { contracts } = this.#market;
    if (contracts !== undefined) {
      this.#contracts = 1 / unitsPerContract(this.#market, symbol, row);
      this.#tick = tickAt(this.#market, symbol, row);
      this.#margin = contracts.margin[symbol]! * this.#contracts * this.#leverage;
    }
    if (costs.tiers !== 'off') this.#quoteTier(day);
    if (kind === 'market' || costs.slippageOn === 'all') {
      if (costs.slippageModel === 'bps') this.#slippage = ratioOfBps(costs.slippage);
      else if (this.#signals.atr[known]! > 0)
        this.#slippage = (costs.slippageAtr * this.#signals.atr[known]!) / price;
    }
    if (kind === 'limit') return;
    const estimate = this.#signals.halfSpread;
    if (estimate === null) this.#spread = ratioOfBps(costs.halfSpread);
    else if (estimate[known]! > 0) this.#spread = estimate[known]!;
    this.#spread *= this.#halves(end);
    const counted = this.#volumeFrom[symbol]!;
    if (costs.impact !== null && known >= counted) {
      const past = this.#past;
      past.look(symbol, counted, known, costs.impactBars);
      const { volatility } = past;
      const volume = past.volume * (contracts?.multiplier[symbol] ?? 1);
      if (volume > 0 && volatility > 0)
        this.#impact = (costs.impact * volatility) / Math.sqrt(volume);
    }
  }

  /** Costs and booked price of the quoted fill at this quantity; returns what a buyer pays beside quantity × `price`. */
  charge(quantity: number): number {
    const impact = this.#impact === 0 ? 0 : this.#impact * Math.sqrt(quantity);
    if (this.#inPrice) {
      const worse = this.#spread + this.#slippage + impact;
      this.price = onTick(
        this.#quoted * (1 + this.#direction * worse),
        this.#tick,
        this.#direction,
      );
      this.spread = this.slippage = this.impact = 0;
    } else {
      const value = quantity * this.#quoted;
      this.price = this.#quoted;
      this.spread = value * this.#spread;
      this.slippage = value * this.#slippage;
      this.impact = value * impact;
    }
    this.commission = this.#commission(quantity, quantity * this.price);
    this.total = this.commission + this.spread + this.slippage + this.impact;
    return this.total;
  }

  /** What the last charge takes of the buying power: value, or margin, and costs. */
  binds(quantity: number): number {
    const bound = Number.isNaN(this.#margin)
      ? this.price
      : this.#margin + this.#direction * (this.price - this.#quoted);
    return quantity * bound + this.total;
  }

  /** Remembers a booked fill for the month's tiers. */
  booked(quantity: number): void {
    this.#tradedUnits += quantity * this.#contracts;
    this.#tradedValue += quantity * this.price;
  }

  /**
   * Quantity whose value and costs together take `power`, were all costs in proportion to it; what is not (a
   * minimum, an impact) can only make it too dear.
   */
  affordable(power: number): number {
    const worse = this.#spread + this.#slippage;
    const rate = this.#commissionRatio + (this.#costs.tiers === 'value' ? this.#tierRate : 0);
    const perContract = this.#costs.tiers === 'units' ? this.#tierRate : 0;
    const perUnit = (this.#costs.commissionPerUnit + perContract) * this.#contracts;
    if (!Number.isNaN(this.#margin)) {
      const paid = this.#quoted * (rate + worse);
      return (power - this.#fee) / (this.#margin + paid + perUnit);
    }
    const unit = this.#inPrice
      ? this.#quoted * (1 + this.#direction * worse) * (1 + rate) + perUnit
      : this.#quoted * (1 + rate + worse) + perUnit;
    // A cap on commission may make more affordable than this; what is left over is not missed.
    return (power - this.#fee) / unit;
  }

  #commission(quantity: number, value: number): number {
    const flat = this.#fee + value * this.#commissionRatio;
    if (this.#plain) return flat;
    const { commissionPerUnit, commissionMinimum, commissionMaximum, tiers } = this.#costs;
    const contracts = quantity * this.#contracts;
    const byTier = tiers === 'units' ? contracts * this.#tierRate : value * this.#tierRate;
    const asked = flat + contracts * commissionPerUnit + (tiers === 'off' ? 0 : byTier);
    const raised = Math.max(asked, commissionMinimum);
    return commissionMaximum === null ? raised : Math.min(raised, commissionMaximum * value);
  }

  /** The rate of the tier that this month's trading before the fill has reached. */
  #quoteTier(day: Day): void {
    const { tiers, tierFrom, tierRates } = this.#costs;
    const month = monthOf(day);
    if (month !== this.#month) {
      this.#month = month;
      this.#tradedUnits = this.#tradedValue = 0;
    }
    const traded = tiers === 'units' ? this.#tradedUnits : this.#tradedValue;
    let tier = 0;
    while (tier + 1 < tierFrom.length && traded >= tierFrom[tier + 1]!) tier++;
    const rate = tierRates[tier] ?? 0;
    this.#tierRate = tiers === 'units' ? rate : rate / 10_000;
  }
}
