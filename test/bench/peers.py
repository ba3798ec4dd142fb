"""The feature workload by pandas and polars: ATR(14) and the 90-bar z-scores of ATR and volume, at least 30 values.

Reads `time NAME` and `columns NAME FILE` line by line, answers each with one line of JSON. Columns are written as
float64, one after another: atr, z_atr, z_volume, each in (symbol, date) order with NaN for null.
Both start from prepared frames: pandas from one date × symbol frame per field, polars from one sorted long frame.
"""

import json
import os
import sys
import time

os.environ["POLARS_MAX_THREADS"] = "1"


def pandas_peer(path):
    import numpy as np
    import pandas as pd

    bars = pd.read_csv(path)
    high, low, close, volume = (
        bars.pivot(index="date", columns="symbol", values=field).astype("float64")
        for field in ("high", "low", "close", "volume")
    )

    def z_score(x):
        window = x.rolling(90, min_periods=30)
        return (x - window.mean()) / window.std()

    def features():
        before = close.shift()
        ranges = np.fmax(high - low, np.fmax((high - before).abs(), (low - before).abs()))
        atr = ranges.rolling(14).mean()
        return atr, z_score(atr), z_score(volume)

    return pd.__version__, features, lambda frames: [f.to_numpy().T.ravel() for f in frames]


def polars_peer(path):
    import polars as pl

    bars = pl.read_csv(path).sort("symbol", "date").with_columns(pl.col("volume").cast(pl.Float64))

    def z_score(x):
        mean = x.rolling_mean(90, min_samples=30).over("symbol")
        return (x - mean) / x.rolling_std(90, min_samples=30).over("symbol")

    def features():
        before = pl.col("close").shift().over("symbol")
        ranges = pl.max_horizontal(
            pl.col("high") - pl.col("low"), (pl.col("high") - before).abs(), (pl.col("low") - before).abs()
        )
        return (
            bars.with_columns(tr=ranges)
            .with_columns(atr=pl.col("tr").rolling_mean(14).over("symbol"))
            .select("atr", z_score(pl.col("atr")).alias("z_atr"), z_score(pl.col("volume")).alias("z_volume"))
        )

    return pl.__version__, features, lambda frame: [c.fill_null(float("nan")).to_numpy() for c in frame]


def answer(value):
    print(json.dumps(value), flush=True)


def main(path):
    peers, versions = {}, {}
    for name, make in (("pandas", pandas_peer), ("polars", polars_peer)):
        try:
            versions[name], *peers[name] = make(path)
        except ImportError:
            versions[name] = None
    answer(versions)
    for line in sys.stdin:
        order, name, *file = line.rstrip("\n").split(" ", 2)
        features, columns = peers[name]
        started = time.perf_counter()
        result = features()
        seconds = time.perf_counter() - started
        if order == "columns":
            with open(file[0], "wb") as out:
                for column in columns(result):
                    out.write(column.astype("<f8").tobytes())
        answer(seconds)


main(sys.argv[1])
