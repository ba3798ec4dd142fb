import { stepsByRow } from '../market.ts';
import type { ExitReason } from '../run.ts';
import type { Day, Price, Row, Step } from '../units.ts';
import type { Account, Exit } from './account.ts';
import type { CostModel, FillKind } from './costs.ts';
import type { Dealer } from './dealer.ts';
import { seeBar } from './exits.ts';
import type { FillLog } from './fill-log.ts';
import type { InsideBar } from './inside-bar.ts';
import type { Position } from './position.ts';
import { capped, type Setting } from './setting.ts';

/** What leaves an account, where in the bar, and how it is booked. */
export class Departures {
  readonly #setting: Setting;
  readonly #account: Account;
  readonly #costs: CostModel;
  readonly #dealer: Dealer;
  readonly #insideBar: InsideBar;
  readonly #fills: FillLog | null;
  #now: Step = 0;
  #day: Day = 0;

  constructor(parts: {
    readonly setting: Setting;
    readonly account: Account;
    readonly costs: CostModel;
    readonly dealer: Dealer;
    readonly insideBar: InsideBar;
    readonly fills: FillLog | null;
  }) {
    this.#setting = parts.setting;
    this.#account = parts.account;
    this.#costs = parts.costs;
    this.#dealer = parts.dealer;
    this.#insideBar = parts.insideBar;
    this.#fills = parts.fills;
  }

  #at(step: Step, day: Day): void {
    this.#now = step;
    this.#day = day;
  }

  /** Takes today's closes as marks; where a symbol has no bar its last close stays. */
  mark(): void {
    const { close } = this.#setting.market;
    for (const position of this.#account.open)
      if (position.today >= 0) position.mark = close[position.today]!;
  }

  /** The bars of positions whose exits a market decides: what a bar leaves open about its position is told all the same. */
  takeBars(): void {
    this.mark();
    for (const position of this.#account.open) {
      if (position.today < 0) continue;
      position.bars++;
      this.#insideBar.exit(position, position.today);
    }
  }

  /** Exits come before entries: the slots and the cash that they free count at this open. */
  atOpen(step: Step, day: Day): void {
    this.#at(step, day);
    const { fill } = this.#setting.settings.execution;
    const { open } = this.#setting.market;
    const waits = fill === 'next-close' || fill === 'same-close';
    for (const position of this.#account.open) {
      const { ordered, today, urgent } = position;
      if (ordered === null || today < 0 || (waits && !urgent)) continue;
      if (fill === 'prior-close' && !urgent) {
        const earlier = this.#stepOf(today - 1);
        this.#leave(position, atOnce(position.mark, ordered), 'market', today - 1, earlier);
      } else this.#leave(position, atOnce(open[today]!, ordered), 'market');
    }
    this.#account.release();
  }

  /** The step of an earlier bar. */
  #stepOf(row: Row): Step {
    const { market, steps } = this.#setting;
    const number = stepsByRow(market)[row]!;
    let step = this.#now;
    while (steps.number[step]! > number) step--;
    return step;
  }

  /** What leaves by order at a close. */
  atClose(step: Step, day: Day): void {
    this.#at(step, day);
    for (const position of this.#account.open) {
      const { ordered, today, mark } = position;
      if (ordered === null || today < 0 || position.cappedIn === this.#now) continue;
      this.#seeBar(position);
      this.#leave(position, atOnce(mark, ordered), 'market', today, this.#now, today);
    }
    this.#account.release();
  }

  /** Nothing is held beyond the last bar of its session. */
  withSession(step: Step, day: Day): void {
    this.#at(step, day);
    for (const position of this.#account.open) {
      const { symbol, today, mark } = position;
      if (today < 0 || position.cappedIn === this.#now) continue;
      if (!this.#setting.hours!.isLast(symbol, today)) continue;
      this.#seeBar(position);
      const exit = atOnce(mark, position.ordered ?? 'session-end');
      this.#leave(position, exit, 'market', today, this.#now, today);
    }
    this.#account.release();
  }

  /**
   * Stops and targets work from the entry bar on: an entry can be stopped out in the bar that opened it. What stays is
   * marked at the bar's close; where a symbol has no bar, its last close stays.
   */
  insideBars(step: Step, day: Day): void {
    this.#at(step, day);
    const { close } = this.#setting.market;
    for (const position of this.#account.open) {
      const row = position.today;
      if (row < 0) continue;
      position.mark = close[row]!;
      position.bars++;
      if (position.cappedIn === this.#now) continue;
      const exit = this.#insideBar.exit(position, row);
      if (exit !== null) this.#leave(position, exit, exit.reason === 'target' ? 'limit' : 'market');
    }
    this.#account.release();
  }

  /** Books an exit, or as much of it as the bar's volume takes: the rest goes at the next open. */
  #leave(
    position: Position,
    exit: Exit,
    kind: FillKind,
    row = position.today,
    step = this.#now,
    known = row - 1,
  ): void {
    const { symbol, side } = position;
    const quantity = capped(position.quantity, symbol, position.today, this.#setting);
    if (quantity < position.quantity) {
      position.ordered = exit.reason;
      position.urgent = true;
      position.cappedIn = this.#now;
      if (quantity === 0) {
        this.#fills?.missed(position, exit.reason, step);
        return;
      }
    }
    // A fill at the prior close knows the bar of that close, no later one.
    const newest =
      this.#setting.settings.execution.fill === 'prior-close' ? position.today - 1 : known;
    this.#costs.quote(symbol, row, newest, this.#day, exit.price, side > 0 ? -1 : 1, kind, 'exit');
    const ended = this.#account.reduce(position, quantity, exit, row, step);
    if (ended) this.#dealer.ended?.(symbol, row, position.net < 0, known === row);
  }

  /**
   * What becomes of a position that is open when the data end. Its close is the last price that it can have;
   * its last bar's open (with fills at the prior close, that one) had passed by then, and is taken only to compare
   * with programs that do so.
   */
  atEnd(step: Step, day: Day): void {
    this.#at(step, day);
    const { market, settings } = this.#setting;
    const { endOfData, fill } = settings.execution;
    if (endOfData === 'mark') return;
    const datedBack = endOfData === 'open' && fill === 'prior-close';
    for (const position of this.#account.open) {
      const { symbol, side, quantity, row, mark, entryRow, enteredLate } = position;
      // Not before its own entry, which may have come after the last bar's open.
      const atClose = endOfData === 'close' || (enteredLate && row === entryRow);
      if (atClose) this.#seeBar(position);
      const back = datedBack && row > entryRow;
      const price = atClose ? mark : back ? market.close[row - 1]! : market.open[row]!;
      const at = back ? this.#stepOf(row - 1) : step;
      this.#costs.quote(
        symbol,
        back ? row - 1 : row,
        row,
        this.#day,
        price,
        side > 0 ? -1 : 1,
        'market',
        'exit',
      );
      this.#account.reduce(position, quantity, atOnce(price, 'end'), back ? row - 1 : row, at);
    }
    this.#account.release();
  }

  /** Takes today's bar in, where there is one. */
  #seeBar(position: Position): void {
    if (position.today >= 0) seeBar(position, this.#setting.market, position.today);
  }
}

const atOnce = (price: Price, reason: ExitReason): Exit => ({ price, reason, ambiguous: false });
