"""What one engine needs for the minutes of a CSV file: read it, SMA 20/50 of each symbol, where the one crosses the other,
and the last close. `minutes.py duckdb|pandas|polars FILE` prints one line of JSON: seconds, peak of memory, crosses.
"""

import json
import sys
import time

path = sys.argv[2]


def duckdb_peer():
    import duckdb

    return duckdb.__version__, lambda: (
        duckdb.connect()
        .execute(
            """
            WITH bars AS (
              SELECT symbol, time, close,
                     avg(close) OVER fast AS fast, avg(close) OVER slow AS slow, row_number() OVER slow AS n
              FROM read_csv(?)
              WINDOW fast AS (PARTITION BY symbol ORDER BY time ROWS 19 PRECEDING),
                     slow AS (PARTITION BY symbol ORDER BY time ROWS 49 PRECEDING)
            ), sides AS (
              SELECT symbol, time, close, fast > slow AS up, lag(fast > slow) OVER (PARTITION BY symbol ORDER BY time) AS before
              FROM bars WHERE n >= 50
            )
            SELECT count(*) FILTER (up <> before), sum(DISTINCT last) FROM (
              SELECT *, last_value(close) OVER (PARTITION BY symbol ORDER BY time ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS last FROM sides)
            """,
            [path],
        )
        .fetchone()[0]
    )


def pandas_peer():
    import pandas as pd

    def work():
        bars = pd.read_csv(path, parse_dates=["time"]).sort_values(["symbol", "time"], kind="stable")
        close = bars.groupby("symbol", sort=False)["close"]
        fast, slow = (close.rolling(n).mean().droplevel(0) for n in (20, 50))
        up = (fast > slow).where(slow.notna())
        before = up.groupby(bars["symbol"], sort=False).shift()
        close.last()
        return int(((up != before) & before.notna()).sum())

    return pd.__version__, work


def polars_peer():
    import polars as pl

    def work():
        bars = pl.read_csv(path, try_parse_dates=True).sort("symbol", "time")
        mean = lambda n: pl.col("close").rolling_mean(n).over("symbol")
        sides = bars.with_columns(up=mean(20) > mean(50)).with_columns(before=pl.col("up").shift().over("symbol"))
        bars.group_by("symbol").agg(pl.col("close").last())
        return sides.select((pl.col("up") != pl.col("before")).sum()).item()

    return pl.__version__, work


version, work = {"duckdb": duckdb_peer, "pandas": pandas_peer, "polars": polars_peer}[sys.argv[1]]()
started, cpu = time.perf_counter(), time.process_time()
crosses = work()
# What getrusage tells has the parent's, as it was at the fork.
with open("/proc/self/status") as status:
    peak = 1024 * int(next(line for line in status if line.startswith("VmHWM")).split()[1])
print(
    json.dumps(
        {
            "version": version,
            "run": 1000 * (time.perf_counter() - started),
            "cpu": 1000 * (time.process_time() - cpu),
            "peak": peak,
            "crosses": crosses,
        }
    )
)
