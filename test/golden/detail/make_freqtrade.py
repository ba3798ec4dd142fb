"""
Trades of freqtrade 2026.9 with --timeframe-detail, on made-up bars of five minutes and the hours that they make.

    python3 -m venv ft && ft/bin/pip install freqtrade==2026.9
    ft/bin/python make_freqtrade.py

writes minutes.csv (synthetic: a random walk on a grid of 0.01, each open the close before, so that no price is jumped
over), hours.csv and freqtrade.json: for each set-up its trades as [entry, exit, entry price, exit price, reason], times as
the hour's start in UTC. The strategy enters long at the open after an hour that closes below the mean of five closes.
Nothing is asked of an exchange: its market is written down here.
"""

import json
import random
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from unittest.mock import PropertyMock, patch

import pandas as pd

HERE = Path(__file__).parent
HOURS, PARTS = 500, 12
START = int(datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp())

SETUPS = {
    "stop and target": {"stoploss": -0.01, "roi": 0.01, "trailing": False},
    "tight": {"stoploss": -0.004, "roi": 0.004, "trailing": False},
    "trailing": {"stoploss": -0.01, "roi": 100, "trailing": True},
}


def bars():
    random.seed(20241130)
    price, minutes, hours = 10000, [], []
    for hour in range(HOURS):
        first = len(minutes)
        for part in range(PARTS):
            close = price + round(random.gauss(0, 25))
            high = max(price, close) + abs(round(random.gauss(0, 10)))
            low = min(price, close) - abs(round(random.gauss(0, 10)))
            minutes.append((START + hour * 3600 + part * 300, price, high, low, close))
            price = close
        parts = minutes[first:]
        hours.append(
            (parts[0][0], parts[0][1], max(p[2] for p in parts), min(p[3] for p in parts), price)
        )
    return minutes, hours


def frame(rows):
    columns = ["date", "open", "high", "low", "close"]
    table = pd.DataFrame(rows, columns=columns)
    table["date"] = pd.to_datetime(table["date"], unit="s", utc=True)
    table[columns[1:]] = table[columns[1:]] / 100
    table["volume"] = 1e9
    return table


def write(name, rows):
    lines = ["time,symbol,open,high,low,close,volume"]
    for at, *prices in rows:
        stamp = datetime.fromtimestamp(at, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        lines.append(",".join([stamp, "AAA", *(f"{p / 100:.2f}" for p in prices), "1000000000"]))
    (HERE / name).write_text("\n".join(lines) + "\n")


MARKET = {
    "symbol": "AAA/USDT", "id": "AAAUSDT", "base": "AAA", "quote": "USDT", "active": True,
    "type": "spot", "spot": True, "swap": False, "future": False, "margin": False, "linear": None,
    "contract": False, "settle": None, "contractSize": None, "taker": 0.0, "maker": 0.0,
    "precision": {"amount": 1e-8, "price": 1e-8, "cost": 1e-8},
    "limits": {
        "amount": {"min": None, "max": None}, "price": {"min": None, "max": None},
        "cost": {"min": None, "max": None}, "leverage": {"min": None, "max": None},
    },
    "info": {},
}

STRATEGY = '''
from freqtrade.strategy import IStrategy
class Oracle(IStrategy):
    INTERFACE_VERSION = 3
    timeframe = "1h"
    minimal_roi = {{"0": {roi}}}
    stoploss = {stoploss}
    trailing_stop = {trailing}
    startup_candle_count = 0
    use_exit_signal = False
    def populate_indicators(self, dataframe, metadata):
        return dataframe
    def populate_entry_trend(self, dataframe, metadata):
        mean = dataframe["close"].rolling(5).mean()
        dataframe.loc[dataframe["close"] < mean - 1e-9, "enter_long"] = 1
        return dataframe
    def confirm_trade_entry(self, pair, order_type, amount, rate, time_in_force, current_time, **kwargs):
        # After an exit freqtrade enters again inside the same hour; Outsample's bars are entered at their opens.
        return current_time.minute == 0
    def populate_exit_trend(self, dataframe, metadata):
        return dataframe
'''


def trades(setup, minutes, hours):
    from freqtrade.enums import CandleType, RunMode, TradingMode
    from freqtrade.exchange import Exchange
    from freqtrade.optimize.backtesting import Backtesting

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "oracle.py").write_text(STRATEGY.format(**setup))
        config = {
            "timeframe": "1h", "timeframe_detail": "5m", "stake_currency": "USDT",
            "stake_amount": 100, "dry_run_wallet": 1e6, "max_open_trades": 1, "dry_run": True,
            "tradable_balance_ratio": 0.99, "fee": 0.0, "strategy": "Oracle",
            "strategy_path": folder, "recursive_strategy_search": False,
            "exchange": {
                "name": "binance", "key": "", "secret": "", "pair_whitelist": ["AAA/USDT"],
                "pair_blacklist": [],
            },
            "pairlists": [{"method": "StaticPairList"}], "datadir": Path(folder),
            "user_data_dir": Path(folder), "runmode": RunMode.BACKTEST, "export": "none",
            "trading_mode": TradingMode.SPOT, "candle_type_def": CandleType.SPOT,
            "dataformat_ohlcv": "feather", "dataformat_trades": "feather", "enable_protections": False,
            "entry_pricing": {"price_side": "same", "use_order_book": False},
            "exit_pricing": {"price_side": "same", "use_order_book": False},
            "unfilledtimeout": {"entry": 10, "exit": 10, "unit": "minutes", "exit_timeout_count": 0},
            "position_stacking": False,
        }
        with (
            patch.object(Exchange, "_init_ccxt"),
            patch.object(Exchange, "reload_markets"),
            patch.object(Exchange, "validate_config"),
            patch.object(Exchange, "validate_timeframes"),
            patch.object(Exchange, "validate_required_startup_candles", return_value=1),
            patch.object(Exchange, "exchange_has", return_value=True),
            patch.object(Exchange, "precisionMode", PropertyMock(return_value=4)),
            patch.object(Exchange, "precision_mode_price", PropertyMock(return_value=4)),
            patch.object(Exchange, "markets", PropertyMock(return_value={"AAA/USDT": MARKET})),
            patch.object(Exchange, "get_fee", return_value=0.0),
            patch.object(Exchange, "close"),
        ):
            testing = Backtesting(config)
            testing.detail_data = {"AAA/USDT": frame(minutes)}
            testing._set_strategy(testing.strategylist[0])
            data = frame(hours)
            prepared = testing.strategy.advise_all_indicators({"AAA/USDT": data})
            result = testing.backtest(
                processed=prepared,
                start_date=data["date"].iloc[0].to_pydatetime(),
                end_date=data["date"].iloc[-1].to_pydatetime(),
            )["results"]
    hour = lambda at: at.floor("h").strftime("%Y-%m-%dT%H:%M:%SZ")
    return [
        [hour(t.open_date), hour(t.close_date), t.open_rate, t.close_rate, t.exit_reason]
        for t in result.itertuples()
    ]


if __name__ == "__main__":
    minutes, hours = bars()
    write("minutes.csv", minutes)
    write("hours.csv", hours)
    found = {name: {**setup, "trades": trades(setup, minutes, hours)} for name, setup in SETUPS.items()}
    (HERE / "freqtrade.json").write_text(json.dumps(found) + "\n")
    print({name: len(one["trades"]) for name, one in found.items()})
