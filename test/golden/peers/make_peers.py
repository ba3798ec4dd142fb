#!/usr/bin/env python3
"""Make the figures of other backtesters that the tests compare Outsample with.

    python3 -m venv .venv && .venv/bin/pip install backtesting==0.6.6 vectorbt==1.1.0 quantstats==0.0.86 'plotly<6'
    .venv/bin/python test/golden/peers/make_peers.py            # write every file of this folder anew
    .venv/bin/python test/golden/peers/make_peers.py --check    # compare with what is here, exit 1 on a difference
    .venv/bin/python test/golden/peers/make_peers.py --series NAME=FILE.csv ... --out FOLDER [--equity] [--quantstats]

A series is a CSV with the columns date, open, high, low, close, volume (any case) in date order. Where it has an
adjusted close, open, high, low and close are multiplied by adjusted close / close, bar by bar.
"""
import argparse
import csv
import json
import math
import re
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CASH = 1_000_000
COMMISSION = 0.001

SETUPS = {
    "backtesting-py": {
        "sma-20-100-reverse": "SMA 20/100 of close; when the fast average crosses above the slow one, close and buy all-in, when "
        "it crosses below, close and sell short all-in; whole shares; market orders fill at the next open; commission 0.001 of "
        "value each side; cash 1,000,000; trade still open at the end closed by finalize_trades",
        "sma-20-100-reverse-same-close": "as sma-20-100-reverse with trade_on_close: orders fill at the signal bar's close",
        "sma-50-200-long": "SMA 50/200 of close; buy all-in on cross up, close on cross down; no short; no costs; next open",
        "zscore-reversion-sl-tp": "when flat and the z-score of close (20 bars, sd n-1) is below -2, buy 100 units at the next open "
        "with stop = signal close - 2 ATR and target = signal close + 3 ATR, ATR = simple mean of 14 true ranges; no costs",
    },
    "vectorbt": {
        "sma-20-100-long-next-open": "SMA 20/100 of close; long only, fractional all-in; signals one bar later at that bar's open; "
        "fees 0.001, slippage 0.0005; cash 1,000,000",
        "sma-20-100-reverse-same-close": "SMA 20/100 of close; long on cross up, short on cross down, fractional all-in; fill at the "
        "signal bar's close; fees 0.001; cash 1,000,000",
        "every-40-bars-stop5-trail": "long all-in at the close of bars 0, 40, 80 ... when flat; trailing stop of 5 % with open, high "
        "and low given; no costs; cash 1,000,000",
    },
}

SERIES = {
    "sp500": "datasets/sp500-2000-2020/SP500.csv",
    "nasdaq": "datasets/us-indices-2014-2018/bars.csv:NASDAQ",
    "walk": "test/golden/peers/walk.csv",
}
# One run of each engine whose equity curve quantstats is fed with.
QUANTSTATS = [("backtesting-py", "sma-20-100-reverse", "nasdaq"), ("vectorbt", "every-40-bars-stop5-trail", "walk")]


# ---- data -----------------------------------------------------------------------------------------------------------


def load(spec):
    """FILE.csv or FILE.csv:SYMBOL -> frame indexed by date with columns Open, High, Low, Close, Volume."""
    file, _, symbol = str(spec).rpartition(":") if re.search(r"\.csv:", str(spec)) else (str(spec), "", "")
    df = pd.read_csv(file)
    df.columns = [c.strip().lower() for c in df.columns]
    if symbol:
        df = df[df["symbol"] == symbol]
    df = df.set_index(pd.to_datetime(df["date"]))
    df.index.name = None
    prices = df[["open", "high", "low", "close"]].astype(float)
    if "adj close" in df:
        prices = prices.mul(df["adj close"].astype(float) / df["close"].astype(float), axis=0)
    prices.columns = ["Open", "High", "Low", "Close"]
    return prices.assign(Volume=df["volume"].astype(float))


def make_walk(file, bars=1500, seed=20240607):
    """A made-up share: geometric walk on weekdays less a few holidays, calm and wild spells, opening gaps, fat tails."""
    rng = np.random.default_rng(seed)
    days = pd.bdate_range("2010-01-04", periods=int(bars * 1.03))
    days = days[np.sort(rng.choice(len(days), bars, replace=False))]
    vol = np.where((np.arange(bars) // 125) % 3 == 1, 0.035, 0.011)
    gap = rng.standard_t(4, bars) * vol * 0.35
    move = rng.standard_t(5, bars) * vol * 0.7 + 0.0002
    rows, last = [], 100.0
    for i in range(bars):
        o = last * math.exp(gap[i])
        c = o * math.exp(move[i])
        hi = max(o, c) * math.exp(abs(rng.normal()) * vol[i] * 0.4)
        lo = min(o, c) * math.exp(-abs(rng.normal()) * vol[i] * 0.4)
        o, hi, lo, c = (round(x, 2) for x in (o, hi, lo, c))
        rows.append((days[i].strftime("%Y-%m-%d"), o, max(o, hi, lo, c), min(o, hi, lo, c), c, int(rng.integers(1, 9000)) * 100))
        last = c
    with open(file, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["date", "open", "high", "low", "close", "volume"])
        w.writerows(rows)


def sma(x, n):
    return pd.Series(np.asarray(x)).rolling(n).mean().to_numpy()


# ---- backtesting.py -------------------------------------------------------------------------------------------------


def run_backtesting(data):
    from backtesting import Backtest, Strategy
    from backtesting.lib import crossover

    class Reverse(Strategy):
        fast, slow = 20, 100

        def init(self):
            self.a = self.I(sma, self.data.Close, self.fast)
            self.b = self.I(sma, self.data.Close, self.slow)

        def next(self):
            if crossover(self.a, self.b):
                self.position.close()
                self.buy()
            elif crossover(self.b, self.a):
                self.position.close()
                self.sell()

    class Long(Reverse):
        fast, slow = 50, 200

        def next(self):
            if crossover(self.a, self.b):
                self.buy()
            elif crossover(self.b, self.a):
                self.position.close()

    def zscore(c, n):
        c = pd.Series(c)
        return ((c - c.rolling(n).mean()) / c.rolling(n).std()).to_numpy()

    def atr(h, l, c, n):
        h, l, p = pd.Series(h), pd.Series(l), pd.Series(c).shift()
        tr = pd.concat([h - l, (h - p).abs(), (l - p).abs()], axis=1).max(axis=1)
        return tr.rolling(n).mean().to_numpy()

    class Reversion(Strategy):
        def init(self):
            self.z = self.I(zscore, self.data.Close, 20)
            self.atr = self.I(atr, self.data.High, self.data.Low, self.data.Close, 14)

        def next(self):
            if not self.position and self.z[-1] < -2:
                c = self.data.Close[-1]
                self.buy(size=100, sl=c - 2 * self.atr[-1], tp=c + 3 * self.atr[-1])

    runs = {
        "sma-20-100-reverse": (Reverse, {"commission": COMMISSION}),
        "sma-20-100-reverse-same-close": (Reverse, {"commission": COMMISSION, "trade_on_close": True}),
        "sma-50-200-long": (Long, {}),
        "zscore-reversion-sl-tp": (Reversion, {}),
    }
    for name, (strategy, options) in runs.items():
        s = Backtest(data, strategy, cash=CASH, finalize_trades=True, **options).run()
        stats = {k: v if isinstance(v, float) else float(v) if isinstance(v, (int, np.number)) else str(v) for k, v in s.items() if not k.startswith("_")}
        trades = s["_trades"]
        columns = ["Size", "EntryBar", "ExitBar", "EntryPrice", "ExitPrice", "SL", "TP", "PnL", "Commission", "ReturnPct", "EntryTime", "ExitTime"]
        yield name, stats, trades[columns], s["_equity_curve"]["Equity"]


# ---- vectorbt -------------------------------------------------------------------------------------------------------


def run_vectorbt(data, freq="1D"):
    import vectorbt as vbt

    c = data["Close"]
    fast, slow = c.rolling(20).mean(), c.rolling(100).mean()
    up = (fast > slow) & (fast.shift() <= slow.shift())
    down = (fast < slow) & (fast.shift() >= slow.shift())
    every = pd.Series(np.arange(len(c)) % 40 == 0, index=c.index)
    none = pd.Series(False, index=c.index)

    def later(x):
        return x.shift(1, fill_value=False)

    runs = {
        "sma-20-100-long-next-open": dict(entries=later(up), exits=later(down), price=data["Open"], fees=COMMISSION, slippage=0.0005),
        "sma-20-100-reverse-same-close": dict(entries=up, exits=none, short_entries=down, short_exits=none, fees=COMMISSION),
        "every-40-bars-stop5-trail": dict(
            entries=every, exits=none, sl_stop=0.05, sl_trail=True, open=data["Open"], high=data["High"], low=data["Low"]
        ),
    }
    for name, options in runs.items():
        pf = vbt.Portfolio.from_signals(c, init_cash=float(CASH), freq=freq, **options)
        stats = {k: float(v) if isinstance(v, (float, int, np.number)) else str(v) for k, v in pf.stats().items()}
        stats |= {
            "final_value": float(pf.final_value()),
            "max_drawdown": float(pf.max_drawdown()),
            "sharpe_252": float(pf.returns().mean() / pf.returns().std() * math.sqrt(252)),
            "omega": float(pf.omega_ratio()),
        }
        yield name, stats, pf.trades.records_readable, pf.value()


# ---- quantstats -----------------------------------------------------------------------------------------------------


def run_quantstats(equity, market):
    """Every figure of quantstats.stats with a definite value, of the daily returns of an equity curve (first bar left out)."""
    import quantstats as qs

    r = equity.pct_change().dropna()
    b = market.pct_change().dropna().reindex(r.index)
    s = qs.stats
    out = {}
    plain = (
        "adjusted_sortino autocorr_penalty avg_loss avg_return avg_win best cagr calmar common_sense_ratio comp "
        "conditional_value_at_risk consecutive_losses consecutive_wins cpc_index expected_return expected_shortfall exposure "
        "gain_to_pain_ratio geometric_mean kelly_criterion kurtosis max_drawdown omega outlier_loss_ratio outlier_win_ratio "
        "payoff_ratio probabilistic_adjusted_sortino_ratio probabilistic_sharpe_ratio probabilistic_sortino_ratio "
        "profit_factor profit_ratio rar recovery_factor risk_of_ruin risk_return_ratio serenity_index sharpe skew "
        "smart_sharpe smart_sortino sortino tail_ratio ulcer_index ulcer_performance_index value_at_risk volatility "
        "win_loss_ratio win_rate worst"
    ).split()
    for name in plain:
        out[name] = float(getattr(s, name)(r.copy()))
    out["conditional_value_at_risk_historical"] = float(s.conditional_value_at_risk(r.copy(), method="historical"))
    for name in ("sharpe", "sortino"):
        out[name + "_365"] = float(getattr(s, name)(r.copy(), periods=365))
        out[name + "_rf_3pct"] = float(getattr(s, name)(r.copy(), rf=0.03))
    out["omega_required_5pct"] = float(s.omega(r.copy(), required_return=0.05))
    for unit in ("W", "ME", "QE", "YE"):  # "M", "Q" and "Y" are names that quantstats leaves unaggregated without a word
        for name in ("best", "worst", "win_rate", "avg_win", "avg_loss", "expected_return"):
            out[f"{name}_{unit}"] = float(getattr(s, name)(r.copy(), aggregate=unit))
    out["gain_to_pain_ratio_M"] = float(s.gain_to_pain_ratio(r.copy(), resolution="ME"))
    greeks = s.greeks(r.copy(), b.copy())
    out |= {"beta": float(greeks["beta"]), "alpha": float(greeks["alpha"])}
    out["r_squared"] = float(s.r_squared(r.copy(), b.copy()))
    out["information_ratio"] = float(s.information_ratio(r.copy(), b.copy()))
    out["treynor_ratio"] = float(s.treynor_ratio(r.copy(), b.copy()))
    details = s.drawdown_details(s.to_drawdown_series(r.copy()))
    out["drawdowns"] = int(len(details))
    out["longest_drawdown_days"] = int(details["days"].max())
    out["avg_drawdown_days"] = float(details["days"].mean())
    out["avg_drawdown"] = float(details["max drawdown"].mean() / 100)
    worst = details.sort_values("max drawdown").head(5)
    out["worst_drawdowns"] = [
        {"start": a.start, "valley": a.valley, "end": a.end, "days": int(a.days), "depth": float(a._4) / 100}
        for a in worst.itertuples(index=False)
    ]
    # The windows of quantstats' report table, counted from the last bar; the table itself is rounded to two digits.
    end = r.index[-1]
    windows = {"MTD": end.replace(day=1), "YTD": end.replace(month=1, day=1)}
    windows |= {k: end - pd.DateOffset(months=m) for k, m in (("3M", 3), ("6M", 6), ("1Y", 12))}
    out |= {k: float(s.comp(r[r.index >= since])) for k, since in windows.items()}
    windows = {k: end - pd.DateOffset(months=m) for k, m in (("3Y (ann.)", 35), ("5Y (ann.)", 59), ("10Y (ann.)", 119))}
    out |= {k: float(s.cagr(r[r.index >= since])) for k, since in windows.items()}
    report = qs.reports.metrics(r.copy(), display=False, mode="full", compounded=True, as_pct=False, prepare_returns=False)
    for k in ("MTD", "3M", "6M", "YTD", "1Y", "3Y (ann.)", "5Y (ann.)", "10Y (ann.)"):
        shown = float(report.loc[[i for i in report.index if i.strip(" %") == k][0]].iloc[0])
        assert abs(shown - out[k]) <= 0.00501, (k, shown, out[k])
    return out


# ---- files ----------------------------------------------------------------------------------------------------------


def clean(x):
    if isinstance(x, dict):
        return {k: clean(v) for k, v in x.items()}
    if isinstance(x, list):
        return [clean(v) for v in x]
    return None if isinstance(x, float) and not math.isfinite(x) else x


def produce(name, spec, equity_always, quantstats_always, only=None, freq="1D", data=None):
    """Yields (file name, text) of one series."""
    data = load(spec) if data is None else data
    for peer, run in (("backtesting-py", run_backtesting), ("vectorbt", lambda d: run_vectorbt(d, freq))):
        if only and peer != only:
            continue
        made_by = {"backtesting-py": "backtesting.py " + version("backtesting"), "vectorbt": "vectorbt " + version("vectorbt")}[peer]
        for setup, stats, trades, equity in run(data):
            stem = f"{peer}/{setup}.{name}"
            record = {"made_by": made_by, "setup": SETUPS[peer][setup], "series": name, "bars": len(data), "stats": clean(stats)}
            yield stem + ".json", json.dumps(record, indent=1) + "\n"
            yield stem + ".trades.csv", trades.to_csv(index=False, lineterminator="\n")
            chosen = (peer, setup, name) in QUANTSTATS
            if equity_always or chosen:
                frame = pd.DataFrame({"date": equity.index.strftime("%Y-%m-%d"), "equity": equity.to_numpy()})
                yield stem + ".equity.csv", frame.to_csv(index=False, lineterminator="\n")
            if quantstats_always or chosen:
                record = {"made_by": "quantstats " + version("quantstats"), "equity_of": stem, "benchmark": f"close of {name}"}
                record["stats"] = clean(run_quantstats(equity, data["Close"]))
                yield f"quantstats/{peer}.{setup}.{name}.json", json.dumps(record, indent=1) + "\n"


def same(a, b):
    """Equal text, or equal but for the last digits of numbers."""
    if a == b:
        return True
    number = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")
    if number.sub("#", a) != number.sub("#", b):
        return False
    return all(math.isclose(float(x), float(y), rel_tol=1e-9, abs_tol=1e-9) for x, y in zip(number.findall(a), number.findall(b)))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--check", action="store_true")
    p.add_argument("--series", nargs="+", metavar="NAME=FILE.csv[:SYMBOL]")
    p.add_argument("--out", type=Path, default=HERE)
    p.add_argument("--equity", action="store_true", help="write every equity curve, not only those that quantstats is fed with")
    p.add_argument("--quantstats", action="store_true", help="quantstats of every run")
    p.add_argument("--only", choices=list(SETUPS))
    p.add_argument("--freq", default="1D", help="bar length, for vectorbt's annualisation")
    a = p.parse_args()
    series = dict(x.split("=", 1) for x in a.series) if a.series else {k: ROOT / v for k, v in SERIES.items()}
    if not a.series and not a.check:
        make_walk(HERE / "walk.csv")
    different = 0
    for name, spec in series.items():
        for file, text in produce(name, spec, a.equity, a.quantstats, a.only, a.freq):
            path = a.out / file
            if a.check:
                ok = path.exists() and same(path.read_text(), text)
                different += not ok
                print("same     " if ok else "DIFFERENT", file)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
