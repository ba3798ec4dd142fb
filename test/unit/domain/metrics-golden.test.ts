/* Metrics against numbers that other people's programs made; where their convention is another, it is bridged here. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dayFromIso } from '../../../src/domain/calendar.ts';
import type { MeasuredRun } from '../../../src/domain/metrics/measured.ts';
import { metricsOf } from '../../../src/domain/metrics/metrics.ts';
import { growthPerYear } from '../../../src/domain/metrics/returns.ts';
import type { Equity } from '../../../src/domain/run.ts';

const valuesOf = (run: MeasuredRun): Record<string, number | null> =>
  Object.fromEntries(metricsOf(run).map(({ id, value }) => [id, value]));

/** Equal to twelve digits. */
function expectNear(value: number | null | undefined, golden: number): void {
  expect(Math.abs(Number(value) / golden - 1)).toBeLessThan(1e-12);
}

const curve = (
  day: readonly number[],
  equity: readonly number[],
  positions: readonly number[],
): Equity => ({
  day: Int32Array.from(day),
  equity: Float64Array.from(equity),
  cash: new Float64Array(day.length),
  gross: new Float64Array(day.length),
  positions: Int32Array.from(positions),
});

describe('CAGR', () => {
  // freqtrade's tests/data/test_metrics.py, to four digits. A year of freqtrade has 365 days, ours 365.25:
  // 1.5^3.6525 − 1 and (176000 ÷ 64900)^(365.25 ÷ 365) − 1, made with Python's floats.
  test.each([
    [1000, 1500, 100, 3.3927, 3.397170682393331],
    [64900, 176000, 365, 1.7119, 1.7137180911032637],
  ])('%d → %d in %d days', (from, to, days, freqtrade, ours) => {
    expect(growthPerYear(to / from, days, 365)).toBeCloseTo(freqtrade, 4);
    expectNear(growthPerYear(to / from, days), ours);
    const run = {
      equity: curve([0, days], [from, to], [0, 0]),
      trades: [],
      benchmark: [],
      initialCash: from,
      riskFreeRate: 0,
    };
    expectNear(valuesOf(run)['cagr'], ours);
  });

  // backtesting.py 0.6.6 over the S&P 500, 2000-01-03..2020-04-17 (7410 days), 1,000,000 in cash, CAGR [%].
  test.each([
    ['sma-20-100-reverse', 1169083.045201183, 0.7730027572254716],
    ['sma-20-100-reverse-same-close', 1197917.3516403842, 0.8941015153846932],
    ['sma-50-200-long', 2690121.9240290006, 4.998743961279928],
    ['zscore-reversion-sl-tp', 1037134.6731928579, 0.1798872226140169],
  ])('backtesting.py counts 365.25 days too: %s', (_, final, percent) => {
    expectNear(growthPerYear(final / 1e6, 7410), percent / 100);
  });
});

describe('trades of backtesting.py 0.6.6, SMA 50/200 long only, S&P 500', () => {
  // Size, entry price and PnL; there were no costs.
  const golden = [
    [1064, 939.280029, 165866.97595999995],
    [999, 1166.170044, 93546.37498499994],
    [959, 1312.73999, 164765.8465809999],
    [1588, 896.309998, 209266.5891840001],
    [1378, 1184.73999, -8102.646889999976],
    [1238, 1312.449951, 834758.675902],
    [1215, 2023.150024, -115813.88261999999],
    [1121, 2089.840088, 606483.441299],
    [1028, 2868.23999, -260649.45037199993],
  ] as const;
  const values = valuesOf({
    equity: curve([], [], []),
    trades: golden.map(([quantity, entryPrice, net]) => ({
      quantity,
      entryPrice,
      net,
      reason: 'opposite',
      commission: 0,
      spread: 0,
      slippage: 0,
      bars: 1,
    })),
    benchmark: [],
    initialCash: 1e6,
    riskFreeRate: 0,
  });

  test('its profit factor and expectancy are those of returns, ours in %', () => {
    expectNear(values['profit-factor-percent'], 9.23145157282046);
    expectNear(values['expectancy-percent'], 0.12848104594396212);
  });

  test('win rate', () => {
    expectNear(values['win-rate'], 0.6666666666666666);
    expect(values['trades']).toBe(9);
  });
});

describe('a run of vectorbt 1.1.0, SMA 20/100 long only, all-in, S&P 500', () => {
  // Entry day, size, entry price, fee, exit day, exit price, fee, PnL. Fees 0.001, slippage 0.0005 in the prices.
  const golden = `
    2000-06-09 683.1239048961011 1462.4008790219998 999.0009990008548 2000-10-03 1435.51186501 980.632470750316 -20348.161720434386
    2001-05-22 745.0957899058728 1313.486370978 978.6731651143637 2001-07-09 1189.994671017 886.6600193851909 -93878.47891375984
    2001-12-03 776.2045599236903 1140.0196759755 884.8884708947735 2002-02-15 1115.9217400100001 866.1835431137409 -20455.999795178515
    2002-03-15 749.341624741147 1153.6165590194998 864.4529066638788 2002-04-17 1127.8058100025 845.1118380597788 -21050.633348908206
    2002-11-12 962.122142564452 876.628097001 843.4233029186726 2003-02-07 837.730948988 805.9994955328863 -39073.230184365704
    2003-04-21 899.7371226730736 894.0268070085 804.38910693035 2004-05-10 1098.1506010245 988.0468620274901 181865.31912810914
    2004-06-24 861.4757107317356 1144.6320890294999 986.0727424229262 2004-07-20 1100.3495739880002 947.924431304675 -40082.30829209228
    2004-09-17 841.6178883384063 1124.0617499999998 946.0304763969034 2005-04-05 1175.5319350025002 989.3487048111649 41382.84923298345
    2005-06-06 825.1354729411694 1196.6180300099998 987.3719841220882 2005-10-12 1184.2775600025002 977.1894245662771 -12147.120964642898
    2005-11-22 776.7857847350363 1255.477400988 975.2369981434895 2006-06-01 1269.4150239755 986.0635455532537 8865.246865989517
    2006-08-22 758.0627448239056 1298.1687800099999 984.0933886190178 2007-03-20 1401.3390189805 1062.3029031571969 76163.11824633926
    2007-04-11 731.6866859343273 1448.95409499 1060.1804198340978 2007-08-14 1452.1435600025002 1062.5141089191052 210.99455614640874
    2007-10-02 685.1252131212042 1547.7334409804998 1060.3912036065012 2007-11-16 1452.363421017 995.0507983537134 -67395.84725482654
    2008-05-06 706.1514076673935 1406.302775988 993.062684870325 2008-06-25 1313.8827689805 927.8001668255129 -67183.38089667224
    2009-04-21 1113.3638236381948 831.665625 925.9464202383533 2010-02-17 1095.5919449925 1219.7924370240567 291700.27792834514
    2010-03-09 1069.611143792642 1138.1288390294999 1217.355289297644 2010-05-27 1073.73288499 1148.4766592419273 -71244.46200434734
    2010-09-23 1012.8275309804371 1131.665525988 1146.1820005818736 2011-06-13 1270.6744039705 1286.97401925348 138358.86265154104
    2011-07-22 955.3212646225539 1344.4719490245 1284.4026425913908 2011-08-04 1259.59986501 1203.3225359597513 -83567.83181043503
    2011-11-07 957.7949213736204 1253.8365659805 1200.9182951285038 2012-05-25 1320.1496539705 1264.432634026087 61048.98796826946
    2012-08-06 906.7141289297786 1391.7355590195 1261.9062950967345 2012-11-19 1359.2000649975 1232.4059029755067 -31994.70431952997
    2012-12-21 851.5303716272686 1444.3918790219998 1229.9435535189696 2014-10-15 1873.242963973 1595.123277260095 362354.65691030363
    2014-11-12 780.8321175028092 2038.768875 1591.9362177648582 2015-07-06 2072.9129760245 1618.5970284682603 23450.27745695716
    2015-08-04 769.6864358790951 2098.728771966 1615.3630683713127 2015-08-17 2088.6551010245003 1607.609500488239 -10976.54045204117
    2015-11-03 762.6618971848949 2103.6811979415 1604.397493493976 2016-01-14 1890.7342139730001 1441.9909427010393 -165452.9392294125
    2016-03-24 707.7022459001665 2033.49621999 1439.1098419162445 2016-10-31 2128.7151389855003 1506.4964847417236 64441.03649864354
    2016-11-30 681.5218138805814 2206.0724559855 1503.48650175496 2018-04-04 2582.7480189805 1760.1991146920686 253448.92732039475
    2018-06-04 640.4141932219234 2743.0407569609997 1756.6822333438322 2018-10-25 2673.5424430585003 1712.1745267158797 -47976.56338821281
    2019-02-19 616.7305692746864 2770.6646690145 1708.7535985903814 2019-08-27 2891.6933230535 1783.3956692945949 71149.92143613652
    2019-09-12 591.1916345149745 3010.584618039 1779.8324411839712 2020-03-11 2824.187297951 1669.6359048520808 -113646.00467807149
  `
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '))
    .map(([entryDay = '', size, entryPrice, entryFee, exitDay = '', ...exit]) => ({
      entryDay: dayFromIso(entryDay),
      quantity: Number(size),
      entryPrice: Number(entryPrice),
      entryFee: Number(entryFee),
      exitDay: dayFromIso(exitDay),
      exitPrice: Number(exit[0]),
      exitFee: Number(exit[1]),
      net: Number(exit[2]),
    }));

  const bars = readFileSync('datasets/sp500-2000-2020/SP500.csv', 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([date = '', , , , close = '']) => ({ day: dayFromIso(date), close: Number(close) }));

  /** vectorbt's books: 1,000,000 in cash, all of it into each trade, marked at every close. */
  function books(): Equity {
    let cash = 1_000_000;
    let held = 0;
    const entries = new Map(golden.map((trade) => [trade.entryDay, trade]));
    const exits = new Map(golden.map((trade) => [trade.exitDay, trade]));
    const equity: number[] = [];
    const positions: number[] = [];
    for (const { day, close } of bars) {
      const exit = exits.get(day);
      if (exit !== undefined) {
        cash += exit.quantity * exit.exitPrice - exit.exitFee;
        held = 0;
      }
      const entry = entries.get(day);
      if (entry !== undefined) {
        cash -= entry.quantity * entry.entryPrice + entry.entryFee;
        held = entry.quantity;
      }
      equity.push(cash + held * close);
      positions.push(held > 0 ? 1 : 0);
    }
    return curve(
      bars.map(({ day }) => day),
      equity,
      positions,
    );
  }

  const values = valuesOf({
    equity: books(),
    trades: golden.map(({ quantity, entryPrice, entryFee, exitFee, net }) => ({
      quantity,
      entryPrice,
      net,
      reason: 'opposite',
      commission: entryFee + exitFee,
      spread: 0,
      slippage: 0,
      bars: 1,
    })),
    benchmark: bars.map(({ close }) => close),
    initialCash: 1_000_000,
    riskFreeRate: 0,
  });

  test.each([
    ['final-equity', 1667966.2689472286],
    ['total-return', 0.6679662689472285],
    ['max-drawdown', -0.22745756856178745],
    ['trades', 29],
    ['open-trades', 0],
    ['win-rate', 0.44827586206896555],
    ['profit-factor', 1.7368839219060617],
    ['expectancy', 23033.319618869933],
    ['costs', 70004.93869246634],
  ])('%s', (id, value) => {
    if (value === 0) expect(values[id]).toBe(0);
    else expectNear(values[id], value);
  });

  test('Sharpe over 252 sessions a year (its own figure counts 365)', () => {
    expectNear(values['sharpe'], 0.2835054823690179);
    expectNear(Number(values['sharpe']) * Math.sqrt(365 / 252), 0.3411989008468333);
  });

  test('Sortino, after the same bridge', () => {
    expectNear(Number(values['sortino']) * Math.sqrt(365 / 252), 0.4677385111584539);
  });
});
