/** What the simulator is timed on. No engine: seeded walks and signals, the same bits everywhere. */
import { sha256Hex } from '../../src/domain/digest.ts';
import { simulate } from '../../src/domain/execution/simulate.ts';
import { completeStudy } from '../../src/domain/study/study.ts';

/**
 * 500 symbols × 2,500 bars on one account: a signal on every fiftieth bar, up to 50 positions, sized by ATR risk,
 * with the default stops, costs, market impact and participation cap.
 */
function portfolio() {
  const market = walks(500, 2500);
  const signals = nothing(market);
  const random = uniform(2);
  for (let row = 0; row < market.day.length; row++) {
    if (random() < 0.02) signals.side[row] = random() < 0.5 ? 1 : -1;
    signals.score[row] = random();
  }
  signals.atr.fill(2);
  const study = { size: { rule: 'atr-risk' }, risk: { maximumPositions: 50 } };
  return { market, signals, settings: completeStudy(study) };
}

/**
 * The workload that vectorbt's own comparison uses: 1,000 columns of 1,000 closes, entries on even rows, exits on
 * odd ones, filled at the same close with all the cash, no costs, every column by itself: a million orders.
 */
function orders() {
  const market = walks(1000, 1000);
  const signals = nothing(market);
  for (let row = 0; row < market.day.length; row++) {
    if (row % 2 === 0) signals.side[row] = 1;
    else signals.exit[row] = 1;
  }
  const study = {
    execution: { fill: 'same-close', maximumParticipation: null },
    size: { rule: 'buying-power', fraction: 1 },
    exits: { stop: null, target: null, trailing: 'off', longestHolding: null },
    risk: { accounts: 'per-symbol', initialCash: 100, maintenanceMargin: null, killSwitch: null },
    costs: { commission: 0, slippage: 0, impact: null, borrowFee: 0 },
  };
  return { market, signals, settings: completeStudy(study) };
}

const workloads = { portfolio, orders };

/** Simulates `repeats` times; the first time is the first call of its thread. Milliseconds. */
export function timeSimulation(name, repeats) {
  const { market, signals, settings } = workloads[name]();
  const times = [];
  let last;
  for (let i = 0; i < repeats; i++) {
    const started = performance.now();
    last = simulate(market, signals, settings);
    times.push(performance.now() - started);
  }
  const { trades, equity } = last;
  const bytes = (column) => new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  return {
    times,
    trades: trades.length,
    orders: trades.length + trades.reason.filter((reason) => reason >= 0).length,
    finalEquity: equity.equity.at(-1),
    bits: sha256Hex(bytes(equity.equity)) + sha256Hex(bytes(trades.net)),
  };
}

/** The closes of `orders`, symbol after symbol. */
export const orderCloses = () => orders().market.close;

function walks(symbols, bars) {
  const rows = symbols * bars;
  const column = () => new Float64Array(rows);
  const market = {
    symbols: Array.from({ length: symbols }, (_, s) => `S${String(s).padStart(4, '0')}`),
    firstRow: Int32Array.from({ length: symbols + 1 }, (_, s) => s * bars),
    day: Int32Array.from({ length: rows }, (_, row) => 10_957 + (row % bars)),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
  const random = uniform(1);
  let close = 0;
  for (let row = 0; row < rows; row++) {
    const open = row % bars === 0 ? 100 : close * (1 + 0.01 * (random() - 0.5));
    close = open * (1 + 0.03 * (random() - 0.5));
    market.open[row] = open;
    market.close[row] = close;
    market.high[row] = Math.max(open, close) * 1.005;
    market.low[row] = Math.min(open, close) * 0.995;
    market.volume[row] = 1e6 * (1 + random());
  }
  return market;
}

function nothing({ day }) {
  const column = () => new Float64Array(day.length);
  return {
    side: new Int8Array(day.length),
    exit: new Int8Array(day.length),
    score: column(),
    atr: column().fill(Number.NaN),
    sizeFactor: column().fill(1),
    halfSpread: null,
  };
}

function uniform(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
