"""Golden numbers of bt 1.4.1 (ffn 1.4.1, pandas 3.1.1, numpy 2.4.6, Python 3.11) for portfolios that hold weights.

    python -m venv /tmp/bt && /tmp/bt/bin/pip install bt==1.4.1 ffn==1.4.1 pandas==3.1.1 numpy==2.4.6
    /tmp/bt/bin/python test/golden/portfolios/make.py

Reads datasets/us-shares-2000-2013 and writes dates.json, one NAME.json for each study and crp.json beside itself.

Files
-----
dates.json    all trading days 2000-03-01..2013-03-01. A study's days are those from its `start` on.
NAME.json     `setup` in words and as fields; `equity`, the strategy's value after the close of each of its days, rounded to
              6 decimals (1e-11 of the capital); `rebalancings`, one for each day on which the schedule fired and
              Rebalance was reached: `date`, the quantity of each symbol held after it, in the order of `symbols` and in
              full double precision, and, where they are not constant, the target weights (`null`: not selected).
crp.json      a loop in numpy, not bt: constant rebalanced portfolios of IBM and MSFT, rebalanced at each close.

Prices are the column «Adj Close», as it stands in the files: one panel of closes, no opens, no dividends, no borrow cost, no
interest on cash. A symbol without a price on a day (GOOG before 2004-08-19) is not selected on it.

When bt trades, and at what
---------------------------
* At the close of the very day on which the schedule fires, at that day's price of the panel, from weights that may use that
  same price. There is no delay of a bar. `update(day)` values the holdings at today's price, `run()` trades at it.
* bt puts an artificial day before the first one (index 0, all prices missing, value = capital). The equity here leaves
  it out. RunMonthly and RunQuarterly (run_on_first_date=True, run_on_end_of_period=False, run_on_last_date=False) fire
    - on the first day of the data, whatever its place in the month,
    - then on each day whose month (quarter) differs from the day's before: the first trading day of each period,
    - never on the last day of the data: 2013-03-01 begins a month and is not rebalanced.
* RunAfterDays(k) is asked on every day and holds back the first k; the first-date rule has passed by then, so that such
  a study begins on the first start of a month after the warm-up and holds cash until then.
* Base: the strategy's value at today's close, holdings and cash, before any trade of today, read once for all symbols. Each
  symbol in the weights is given (target − current weight) × base, current weight = value of the position ÷ base; positions
  outside the weights are closed first. Cash is what remains, and may be slightly below zero after commissions.
* Quantities are fractional (integer_positions=False) but in one study; with whole shares a purchase is rounded down, and a sale
  of a long position is floored too, i.e. towards selling more.
* Commissions come out of each symbol's own slice: the amount given to it includes the fee. A purchase of amount a at rate
  c buys q = a / (p (1 + c)); a sale that must raise a sells q = a / (p (1 − c)). Found by iteration, until the outlay is
  within 1e-8 of a. A full closing sells the position exactly and pays the fee from cash. The base is before fees, so the
  weights after it are the targets only to the size of the fee, and value after = base − fees.
* RunIfOutOfBounds(t) fires where |current − target| / |target| > t for any symbol: relative to the target. Current weights
  are of today's close. The first time nothing is held, so that it fires. Then all symbols are rebalanced, to the target.
* CapitalFlow before the weights: the money is there before the base is read, so that it is invested at the same close; on the
  first day too. `equity` is the value, with the flows in it. `index` is bt's price of the strategy, from 100 on
  the artificial day: index × value ÷ (value of the day before + flow of today): a flow counts as if it came in before today's
  return, which it did not earn.
* Inverse volatility: simple returns p[t]/p[t−1] − 1 of the closes up to and with today's; standard deviation of each symbol's own
  returns with ddof=1, no mean removed otherwise, no covariance, not annualised; weights 1/σ ÷ Σ 1/σ. A lookback is a
  date offset: from `now − lookback` to `now`, both included. Here it is 63 trading days (an offset over the calendar of the
  data), thus 64 prices and 63 returns. bt's own default would be three calendar months.
* Momentum: p[today] / p[today − 126 trading days] − 1 of the closes, lag 0, so that today's close is the last; the two highest,
  half each; the others are closed. 126 trading days again by an offset over the data's calendar, 127 prices.
"""

import json
from pathlib import Path

import bt
import numpy as np
import pandas as pd

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "datasets" / "us-shares-2000-2013"
SYMBOLS = ["AAPL", "GOOG", "IBM", "MSFT"]
CAPITAL = 100_000.0
PROGRAM = {"program": "bt", "version": bt.__version__, "ffn": bt.ffn.__version__}

closes = pd.DataFrame({s: pd.read_csv(DATA / f"{s}.csv", index_col="Date", parse_dates=True)["Adj Close"] for s in SYMBOLS})
ALL_FOUR = closes["GOOG"].first_valid_index()
assert not closes.loc[ALL_FOUR:].isna().any().any()


def text(day):
    return day.strftime("%Y-%m-%d")


def trading_days(count, panel):
    """An offset of so many of the panel's own days."""
    weekdays = pd.bdate_range(panel.index[0] - pd.DateOffset(years=1), panel.index[-1])
    closed = weekdays[weekdays >= panel.index[0]].difference(panel.index)
    return pd.offsets.CustomBusinessDay(count, holidays=list(closed))


class Log(bt.Algo):
    """After Rebalance: what is held now."""

    def __init__(self):
        super().__init__()
        self.rows = []

    def __call__(self, target):
        held = {name: child.position for name, child in target.children.items()}
        self.rows.append((target.now, [float(held.get(s, 0.0)) for s in SYMBOLS], dict(target.temp["weights"])))
        return True


def study(name, words, algos, start=ALL_FOUR, commission=0.0, whole=False, constant=None, flow=None, **fields):
    log = Log()
    panel = closes.loc[start:]
    test = bt.Backtest(
        bt.Strategy(name, [*algos, bt.algos.Rebalance(), log]),
        panel,
        initial_capital=CAPITAL,
        integer_positions=whole,
        commissions=(lambda q, p: abs(q) * p * commission) if commission else None,
    )
    # The copy that ran is the one that logged.
    test.run()
    rows = test.strategy.stack.algos[-1].rows
    weights = {} if constant is None else {"weights": constant}
    content = {
        "setup": words,
        **PROGRAM,
        "symbols": SYMBOLS,
        "start": text(panel.index[0]),
        "end": text(panel.index[-1]),
        "capital": CAPITAL,
        "commission": commission,
        "wholeShares": whole,
        **fields,
        **weights,
        **({} if flow is None else {"flow": flow}),
    }
    lines = []
    for day, held, targets in rows:
        row = {"date": text(day), "quantities": held}
        if constant is None:
            row["weights"] = [float(targets[s]) if s in targets else None for s in SYMBOLS]
        lines.append("    " + json.dumps(row))
    head = json.dumps(content, indent=1, ensure_ascii=False)[:-2]
    parts = [' "rebalancings": [\n' + ",\n".join(lines) + "\n ]", ' "equity": ' + numbers(test.strategy.values)]
    if flow is not None:
        parts.append(' "index": ' + numbers(test.strategy.prices))
    (HERE / f"{name}.json").write_text(head + ",\n" + ",\n".join(parts) + "\n}\n")


def numbers(series):
    """Without the artificial day."""
    return json.dumps([round(float(v), 6) for v in series.iloc[1:]])


def fixed(**weights):
    return [bt.algos.SelectAll(), bt.algos.WeighSpecified(**weights)]


EQUAL = [bt.algos.SelectAll(), bt.algos.WeighEqually()]
FOUR = {"AAPL": 0.1, "GOOG": 0.2, "IBM": 0.3, "MSFT": 0.4}
LONG_SHORT = {"AAPL": 0.6, "IBM": 0.6, "MSFT": -0.2}
monthly, quarterly = bt.algos.RunMonthly, bt.algos.RunQuarterly

study(
    "fixed-monthly",
    "RunMonthly, SelectAll, WeighSpecified(AAPL 0.1, GOOG 0.2, IBM 0.3, MSFT 0.4), Rebalance.",
    [monthly(), *fixed(**FOUR)],
    constant=FOUR,
    schedule="monthly",
)
study(
    "fixed-quarterly",
    "RunQuarterly, SelectAll, WeighSpecified(AAPL 0.1, GOOG 0.2, IBM 0.3, MSFT 0.4), Rebalance.",
    [quarterly(), *fixed(**FOUR)],
    constant=FOUR,
    schedule="quarterly",
)
study(
    "equal-monthly",
    "RunMonthly, SelectAll, WeighEqually, Rebalance.",
    [monthly(), *EQUAL],
    schedule="monthly",
)
study(
    "equal-quarterly-late",
    "RunQuarterly, SelectAll, WeighEqually, Rebalance, from 2000-03-01. GOOG has no price before 2004-08-19, a Thursday in the "
    "middle of a quarter, and joins on 2004-10-01: thirds until then, quarters after.",
    [quarterly(), *EQUAL],
    start=closes.index[0],
    schedule="quarterly",
)
study(
    "inverse-volatility-monthly",
    "RunAfterDays(63), RunMonthly, SelectAll, WeighInvVol(lookback=63 trading days, lag=0), Rebalance. The first 63 days are "
    "held in cash, and so is the rest of their month.",
    [
        bt.algos.RunAfterDays(63),
        monthly(),
        bt.algos.SelectAll(),
        bt.algos.WeighInvVol(lookback=trading_days(63, closes.loc[ALL_FOUR:]), lag=pd.DateOffset(days=0)),
    ],
    schedule="monthly",
    lookback=63,
)
study(
    "momentum-monthly",
    "RunAfterDays(126), RunMonthly, SelectAll, SelectMomentum(n=2, lookback=126 trading days, lag=0), WeighEqually, Rebalance. "
    "The first 126 days are held in cash, and so is the rest of their month.",
    [
        bt.algos.RunAfterDays(126),
        monthly(),
        bt.algos.SelectAll(),
        bt.algos.SelectMomentum(n=2, lookback=trading_days(126, closes.loc[ALL_FOUR:]), lag=pd.DateOffset(days=0)),
        bt.algos.WeighEqually(),
    ],
    schedule="monthly",
    lookback=126,
    select=2,
)
study(
    "bands-monthly",
    "RunMonthly, SelectAll, WeighSpecified(AAPL 0.1, GOOG 0.2, IBM 0.3, MSFT 0.4), RunIfOutOfBounds(0.1), Rebalance.",
    [monthly(), *fixed(**FOUR), bt.algos.RunIfOutOfBounds(0.1)],
    constant=FOUR,
    schedule="monthly",
    band=0.1,
)
study(
    "bands-quarterly",
    "RunQuarterly, SelectAll, WeighSpecified(AAPL 0.1, GOOG 0.2, IBM 0.3, MSFT 0.4), RunIfOutOfBounds(0.2), Rebalance.",
    [quarterly(), *fixed(**FOUR), bt.algos.RunIfOutOfBounds(0.2)],
    constant=FOUR,
    schedule="quarterly",
    band=0.2,
)
study(
    "fixed-monthly-commission",
    "As fixed-monthly, with a commission of 10 bps of each trade’s value: |quantity| × price × 0.001.",
    [monthly(), *fixed(**FOUR)],
    commission=0.001,
    constant=FOUR,
    schedule="monthly",
)
study(
    "long-short-monthly",
    "RunMonthly, SelectAll, WeighSpecified(AAPL 0.6, IBM 0.6, MSFT −0.2), Rebalance. GOOG is not held. No commission, no cost "
    "of borrowing; the proceeds of the short sale are in the cash that buys the rest.",
    [monthly(), *fixed(**LONG_SHORT)],
    constant=LONG_SHORT,
    schedule="monthly",
)
study(
    "fixed-monthly-contributions",
    "RunMonthly, CapitalFlow(1000), SelectAll, WeighSpecified(AAPL 0.1, GOOG 0.2, IBM 0.3, MSFT 0.4), Rebalance: 1,000 come in at "
    "the close of each day that is rebalanced, also of the first one, and are invested at the same close.",
    [monthly(), bt.algos.CapitalFlow(1000), *fixed(**FOUR)],
    constant=FOUR,
    flow=1000.0,
    schedule="monthly",
)
study(
    "fixed-monthly-whole-shares",
    "As fixed-monthly, with integer_positions=True.",
    [monthly(), *fixed(**FOUR)],
    whole=True,
    constant=FOUR,
    schedule="monthly",
)

(HERE / "dates.json").write_text(json.dumps([text(day) for day in closes.index]) + "\n")

pair = closes[["IBM", "MSFT"]].to_numpy()
relatives = pair[1:] / pair[:-1]
wealth = []
for step in range(21):
    b = np.array([step / 20, (20 - step) / 20])
    final = 1.0
    for x in relatives:
        final *= float(b @ x)
    wealth.append({"ibm": step / 20, "msft": (20 - step) / 20, "wealth": final})
crp = {
    "setup": "Constant rebalanced portfolios of IBM and MSFT, «Adj Close», 2000-03-01..2013-03-01: at each close back to the weights "
    "b, no costs. x = p[t] ÷ p[t−1]; S = Π Σ b x over the days after the first; wealth is S of one unit.",
    "program": "numpy",
    "version": np.__version__,
    "symbols": ["IBM", "MSFT"],
    "start": text(closes.index[0]),
    "end": text(closes.index[-1]),
    "periods": len(relatives),
}
rows = ",\n".join("  " + json.dumps(row) for row in wealth)
(HERE / "crp.json").write_text(json.dumps(crp, indent=1, ensure_ascii=False)[:-2] + f',\n "wealth": [\n{rows}\n ]\n}}\n')
