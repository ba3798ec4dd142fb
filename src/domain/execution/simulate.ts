import { dayFromIso } from '../calendar.ts';
import { type Market, type Sessions, type Signals, sessionsOf } from '../market.ts';
import type { Equity, Simulation } from '../run.ts';
import type { Settings } from '../study/schema.ts';
import { Account, type Exit } from './account.ts';
import { type CostRates, costRates } from './costs.ts';
import { exitInsideBar, exitOrder, trail } from './exits.ts';
import { Orders } from './orders.ts';
import { newPosition, type Position, tradeOf } from './position.ts';
import { Ranking } from './ranking.ts';
import { quantityFor } from './sizing.ts';
import { Watch } from './watch.ts';

/**
 * Trades a study's signals over its range, session by session. What a session decides at its close acts from
 * the next open; nothing reads a price that the order of one session hasn't reached yet. Inputs are never
 * written to. Rows of `signals` stand beside those of `market`, whose days rise strictly within a symbol.
 * `sessions` are those of the study's range; a caller that has them already need not have them made again.
 */
export function simulate(
  market: Market,
  signals: Signals,
  settings: Settings,
  sessions: Sessions = sessionsOfRange(market, settings.range),
): Simulation {
  const run = new Run(market, signals, settings, sessions);
  for (let session = 0; session < sessions.day.length; session++) run.session(session);
  return run.result();
}

function sessionsOfRange(market: Market, { from, to }: Settings['range']): Sessions {
  return sessionsOf(
    market,
    from === null ? -Infinity : dayFromIso(from),
    to === null ? Infinity : dayFromIso(to),
  );
}

class Run {
  readonly #market: Market;
  readonly #signals: Signals;
  readonly #settings: Settings;
  readonly #sessions: Sessions;
  readonly #rates: CostRates;
  readonly #account: Account;
  readonly #orders: Orders;
  readonly #ranking: Ranking;
  readonly #watch: Watch;
  readonly #equity: Equity;
  readonly #needsAtr: boolean;
  /** The last session whose open takes no entries. */
  #pausedThrough = -1;

  constructor(market: Market, signals: Signals, settings: Settings, sessions: Sessions) {
    const { exits, size, risk } = settings;
    const symbols = market.symbols.length;
    const length = sessions.day.length;
    this.#market = market;
    this.#signals = signals;
    this.#settings = settings;
    this.#sessions = sessions;
    this.#rates = costRates(settings.costs);
    this.#account = new Account(risk.initialCash, symbols, this.#rates);
    this.#orders = new Orders(symbols, settings.execution.expireAfter);
    this.#ranking = new Ranking(symbols);
    this.#watch = new Watch(risk);
    this.#needsAtr =
      exits.stop !== null ||
      exits.target !== null ||
      exits.trailing !== null ||
      size.rule === 'atr-risk';
    this.#equity = {
      day: sessions.day,
      equity: new Float64Array(length),
      cash: new Float64Array(length),
      gross: new Float64Array(length),
      positions: new Int32Array(length),
    };
  }

  session(session: number): void {
    const day = this.#sessions.day[session]!;
    this.#account.startSession(this.#market, day);
    this.#leaveAtOpen();
    this.#enterAtOpen(session, day);
    this.#leaveInsideBar();
    const equity = this.#markAtClose(session);
    this.#trail();
    if (this.#watch.close(equity, day)) this.#killSwitch(session);
    this.#orderExits();
    this.#orderEntries(session);
  }

  result(): Simulation {
    this.#orders.cancelAll(this.#sessions.day.length - 1, 'pending');
    return {
      trades: this.#account.all.map(tradeOf),
      equity: this.#equity,
      alerts: this.#watch.alerts,
      orders: this.#orders.counts,
    };
  }

  /** Exits come before entries: the slots and the cash that they free count at this open. */
  #leaveAtOpen(): void {
    this.#account.leave((position) => {
      if (position.ordered === null || position.today < 0) return null;
      return {
        price: this.#market.open[position.today]!,
        reason: position.ordered,
        ambiguous: false,
      };
    });
  }

  /** Orders fill at the bar's open exactly, best score first, while there are slots and buying power. */
  #enterAtOpen(session: number, day: number): void {
    const { counts, signalRow } = this.#orders;
    const paused = session <= this.#pausedThrough;
    this.#ranking.clear();
    this.#orders.meet(this.#market, session, day, (symbol) => {
      if (paused) counts.paused++;
      else this.#ranking.add(symbol, this.#signals.score[signalRow[symbol]!]!);
    });
    while (this.#ranking.size > 0) {
      if (this.#account.open.length >= this.#settings.risk.maximumPositions) {
        counts.noSlot += this.#ranking.size;
        return;
      }
      if (this.#enter(this.#ranking.take())) counts.filled++;
      else counts.tooSmall++;
    }
  }

  #enter(symbol: number): boolean {
    const { exits, size } = this.#settings;
    const signalRow = this.#orders.signalRow[symbol]!;
    const price = this.#market.open[signalRow + 1]!;
    const atr = this.#signals.atr[signalRow]!;
    const quantity = quantityFor(
      size,
      {
        price,
        equity: this.#equity.equity[this.#orders.signalSession[symbol]!]!,
        factor: this.#signals.sizeFactor[signalRow]!,
        stopDistance: (exits.stop ?? 1) * atr,
        power: this.#account.buyingPower(this.#market),
      },
      this.#rates,
    );
    if (!(quantity > 0)) return false;
    const position = newPosition({
      symbol,
      side: this.#signals.side[signalRow]! > 0 ? 1 : -1,
      signalRow,
      price,
      reference: exits.reference === 'fill' ? price : this.#market.close[signalRow]!,
      quantity,
      score: this.#signals.score[signalRow]!,
      stopDistance: exits.stop === null ? null : exits.stop * atr,
      targetDistance: exits.target === null ? null : exits.target * atr,
    });
    this.#account.enter(position);
    return true;
  }

  /** Stops and targets work from the entry bar on: an entry can be stopped out in the bar that opened it. */
  #leaveInsideBar(): void {
    const { open, high, low } = this.#market;
    this.#account.leave((position) => {
      const row = position.today;
      if (row < 0) return null;
      position.bars++;
      return exitInsideBar(position, open[row]!, high[row]!, low[row]!);
    });
  }

  #markAtClose(session: number): number {
    this.#account.markAtClose(this.#market);
    if (session === this.#sessions.day.length - 1)
      this.#account.leave((position) => this.#atTheEnd(position));
    const equity = this.#account.equity();
    this.#equity.equity[session] = equity;
    this.#equity.cash[session] = this.#account.cash;
    this.#equity.gross[session] = this.#account.grossExposure();
    this.#equity.positions[session] = this.#account.open.length;
    return equity;
  }

  /**
   * What becomes of a position that is open when the data end. Its close is the last price that it can have;
   * its last bar's open had passed by then, and is taken only to compare with programs that do so.
   */
  #atTheEnd(position: Position): Exit | null {
    const { endOfData } = this.#settings.execution;
    if (endOfData === 'mark') return null;
    const price = endOfData === 'close' ? position.mark : this.#market.open[position.row]!;
    return { price, reason: 'end', ambiguous: false };
  }

  #trail(): void {
    const { exits } = this.#settings;
    const { high, low } = this.#market;
    for (const position of this.#account.open) {
      const row = position.today;
      if (row >= 0) trail(position, exits, high[row]!, low[row]!, this.#signals.atr[row]!);
    }
  }

  /** Everything out at its next open, nothing in for a while. An exit that was ordered before keeps its reason. */
  #killSwitch(session: number): void {
    for (const position of this.#account.open) position.ordered ??= 'kill-switch';
    this.#orders.cancelAll(session, 'paused');
    this.#pausedThrough = session + this.#settings.risk.killSwitchPause;
  }

  #orderExits(): void {
    const { exits } = this.#settings;
    for (const position of this.#account.open) {
      if (position.today < 0) continue;
      position.ordered ??= exitOrder(position, exits, this.#signals.side[position.today]!);
    }
  }

  /** Signals of this close become orders for their symbol's next open. */
  #orderEntries(session: number): void {
    const { rows, symbol: symbols, start } = this.#sessions;
    const { side, atr } = this.#signals;
    const { counts } = this.#orders;
    const end = start[session + 1]!;
    for (let i = start[session]!; i < end; i++) {
      const row = rows[i]!;
      if (side[row] === 0) continue;
      const symbol = symbols[i]!;
      counts.signals++;
      if (this.#account.held[symbol] === 1) continue;
      // Without an ATR there is no stop distance; a position without its stop isn't the one the study describes.
      if (this.#needsAtr && !(atr[row]! > 0)) counts.noAtr++;
      else this.#orders.place(symbol, row, session);
    }
  }
}
