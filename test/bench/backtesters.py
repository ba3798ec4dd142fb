"""The tasks of simulations.mjs by vectorbt, backtesting.py and freqtrade.

Reads `time TASK` line by line, answers each with one line of JSON: seconds, trades (orders in task 0) and final equity.
Importing and preparing data is not timed. Nothing here is copied from these programs; they are only called.
"""

import json
import sys
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")


def vectorbt_tasks(closes_file, sp500_file):
    import numpy as np
    import pandas as pd
    import vectorbt as vbt

    closes = pd.DataFrame(np.fromfile(closes_file, dtype="<f8").reshape(1000, 1000).T.copy())
    entries = pd.DataFrame(np.zeros(closes.shape, dtype=bool))
    exits = entries.copy()
    entries.iloc[0::2] = True
    exits.iloc[1::2] = True
    sp500 = pd.read_csv(sp500_file, parse_dates=["date"], index_col="date").rename(columns=str.lower)["close"]

    def orders():
        return vbt.Portfolio.from_signals(closes, entries, exits, init_cash=100.0)

    def sma():
        fast, slow = vbt.MA.run(sp500, 20), vbt.MA.run(sp500, 100)
        above = fast.ma_above(slow)
        below = fast.ma_below(slow)
        portfolio = vbt.Portfolio.from_signals(
            sp500,
            entries=fast.ma_crossed_above(slow),
            short_entries=fast.ma_crossed_below(slow),
            init_cash=1_000_000.0,
            fees=0.001,
            freq="1D",
        )
        portfolio.stats()
        return portfolio

    final = lambda portfolio: float(np.sum(portfolio.final_value()))
    return vbt.__version__, {
        0: (orders, lambda one: (len(one.order_records), final(one))),
        2: (sma, lambda one: (int(one.trades.count()), final(one))),
    }


def backtesting_tasks(_, sp500_file):
    import backtesting
    import pandas as pd
    from backtesting import Backtest, Strategy
    from backtesting.lib import crossover

    backtesting.backtesting._tqdm = lambda seq, **_: seq
    bars = pd.read_csv(sp500_file, parse_dates=["date"], index_col="date").rename(columns=str.title)

    class Averages(Strategy):
        def init(self):
            self.fast = self.I(lambda x: pd.Series(x).rolling(20).mean(), self.data.Close)
            self.slow = self.I(lambda x: pd.Series(x).rolling(100).mean(), self.data.Close)

        def next(self):
            if crossover(self.fast, self.slow):
                self.position.close()
                self.buy()
            elif crossover(self.slow, self.fast):
                self.position.close()
                self.sell()

    def sma():
        test = Backtest(bars, Averages, cash=1_000_000, commission=0.001, finalize_trades=True)
        return test.run()

    return backtesting.__version__, {1: (sma, lambda stats: (int(stats["# Trades"]), float(stats["Equity Final [$]"])))}


def freqtrade_tasks(*_):
    import freqtrade

    sys.path.append(str(Path(__file__).parents[1] / "golden/detail"))
    import make_freqtrade as golden

    minutes, hours = golden.bars()

    def walked():
        return golden.trades(golden.SETUPS["tight"], minutes, hours)

    def facts(trades):
        closed = [one for one in trades if one[4] != "force_exit"]
        return len(closed), sum(after - before for _, _, before, after, _ in closed)

    return freqtrade.__version__, {3: (walked, facts)}


def answer(value):
    print(json.dumps(value), flush=True)


def main(*files):
    tasks, versions = {}, {}
    peers = {"vectorbt": vectorbt_tasks, "backtesting.py": backtesting_tasks, "freqtrade": freqtrade_tasks}
    for name, make in peers.items():
        try:
            versions[name], found = make(*files)
            tasks.update(found)
        except ImportError:
            versions[name] = None
    answer(versions)
    for line in sys.stdin:
        _, task = line.split()
        run, facts = tasks[int(task)]
        started = time.perf_counter()
        result = run()
        seconds = time.perf_counter() - started
        trades, final = facts(result)
        answer({"seconds": seconds, "trades": trades, "finalEquity": final})


main(*sys.argv[1:])
