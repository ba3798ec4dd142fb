#!/usr/bin/env python3
"""Make hourly bars (made up) and what other backtesters say of them.

    python3 -m venv .venv && .venv/bin/pip install backtesting==0.6.6 vectorbt==1.1.0 quantstats==0.0.86 'plotly<6' 'pandas<3.1'
    .venv/bin/python test/golden/hours/make_hours.py

The set-ups are those of test/golden/peers/make_peers.py; vectorbt is told that a bar is an hour.
"""
import csv
import json
import random
import sys
from datetime import date, datetime, time, timedelta
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "peers"))
from make_peers import run_backtesting, run_vectorbt  # noqa: E402

NEW_YORK = ZoneInfo("America/New_York")


def make(file, days=240, seed=20260105):
    """Weekdays of New York, 9:30 to 16:00, the last bar half an hour long; gaps overnight."""
    rng = random.Random(seed)
    day, last = date(2023, 1, 2), 100.0
    with open(file, "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["time", "open", "high", "low", "close", "volume"])
        while days > 0:
            if day.weekday() < 5:
                days -= 1
                last *= 1 + rng.gauss(0, 0.006)
                at = datetime.combine(day, time(9, 30))
                while at.time() < time(16):
                    o = last * (1 + rng.gauss(0, 0.0005))
                    c = o * (1 + rng.gauss(0.0001, 0.004))
                    h = max(o, c) * (1 + abs(rng.gauss(0, 0.001)))
                    low = min(o, c) * (1 - abs(rng.gauss(0, 0.001)))
                    o, h, low, c = (round(x, 2) for x in (o, h, low, c))
                    stamp = at.replace(tzinfo=NEW_YORK).isoformat()
                    out.writerow([stamp, o, max(o, h, low, c), min(o, h, low, c), c, rng.randint(100, 9000) * 1000])
                    last = c
                    at += timedelta(hours=1)
            day += timedelta(days=1)


def load(file):
    """In UTC: between clock times that the change of clocks lies between, they would miscount an hour."""
    df = pd.read_csv(file)
    df.index = pd.to_datetime(df["time"], utc=True).dt.tz_localize(None)
    df.index.name = None
    return df[["open", "high", "low", "close", "volume"]].rename(columns=str.capitalize).astype(float)


def plain(name, stats, trades):
    """Lengths of time in days; trades by their bars."""
    lengths = {k: pd.Timedelta(v) / pd.Timedelta("1D") for k, v in stats.items() if "Duration" in k or k == "Period"}
    columns = {"EntryBar": "entry", "ExitBar": "exit", "Entry Idx": "entry", "Exit Idx": "exit"}
    return {"name": name, "stats": {**stats, **lengths}, "trades": trades}


def main():
    file = HERE / "hours.csv"
    make(file)
    data = load(file)
    index = {stamp: bar for bar, stamp in enumerate(data.index)}
    found = {"versions": {name: version(name) for name in ("backtesting", "vectorbt", "pandas")}}
    found["backtesting.py"] = [
        plain(name, stats, [[int(t.EntryBar), int(t.ExitBar), float(t.Size), float(t.EntryPrice), float(t.ExitPrice), float(t.PnL)] for t in trades.itertuples()])
        for name, stats, trades, _ in run_backtesting(data)
    ]
    found["vectorbt"] = []
    for name, stats, trades, *_ in run_vectorbt(data, freq="1h"):
        rows = []
        for t in trades.to_dict("records"):
            size = t["Size"] * (1 if t["Direction"] == "Long" else -1)
            rows.append([index[pd.Timestamp(t["Entry Timestamp"])], index[pd.Timestamp(t["Exit Timestamp"])], size, t["Avg Entry Price"], t["Avg Exit Price"], t["PnL"]])
        found["vectorbt"].append(plain(name, stats, rows))
    (HERE / "peers.json").write_text(json.dumps(found, indent=1) + "\n")


main()
