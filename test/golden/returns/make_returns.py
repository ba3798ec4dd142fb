"""Golden numbers for test/golden/returns/returns.test.ts: trial returns as other programs write them, and what numpy 2.4.6,
scipy 1.17.1 and arch 8.0.0 say of them. pandas 3.1.1, pyarrow 26.0.1 and polars 2.1.0 write the files.

    python -m venv /tmp/returns
    /tmp/returns/bin/pip install numpy==2.4.6 scipy==1.17.1 arch==8.0.0 pandas==3.1.1 pyarrow==26.0.1 polars==2.1.0
    /tmp/returns/bin/python test/golden/returns/make_returns.py

Writes beside itself: pandas.csv, pandas.parquet (Snappy, the index of dates last), polars.parquet (Zstandard), polars.arrow
and returns.json. Sharpe ratios are per period with n − 1.

pbo       CSCV after Bailey, Borwein, López de Prado & Zhu 2015, written from section 2 alone: 16 blocks, all 12,870 splits, the
          first periods that fill no block left out; rank by scipy, ω = rank ÷ (N + 1).
psr, dsr  Bailey & López de Prado 2012 and 2014, skewness and kurtosis by scipy (biased, not excess).
minBtl    years, at 252 a year: (expected maximum ÷ annual ratio)².
spa, rc   arch.bootstrap.SPA with 20,000 resamples of its own draws; its block length is the middle one of its own choices for
          the trials. arch does not studentise the simulated means; columns divided by their omega make it Hansen's.
"""

import json
from itertools import combinations
from pathlib import Path

import arch
import numpy as np
import pandas as pd
import polars as pl
import scipy
from arch.bootstrap import SPA, optimal_block_length
from scipy.stats import kurtosis, norm, rankdata, skew

HERE = Path(__file__).parent
PERIODS, TRIALS, BLOCKS, PER_YEAR = 330, 10, 16, 252

random = np.random.default_rng(11)
common = random.standard_t(4, size=(PERIODS, 1)) * 0.004
own = random.standard_t(4, size=(PERIODS, TRIALS)) * 0.006
returns = np.round(common + own + np.linspace(-0.003, 0.0003, TRIALS), 9)
days = pd.bdate_range("2015-01-01", periods=PERIODS, name="when")
frame = pd.DataFrame(returns, index=days, columns=[f"rule {i}" for i in range(TRIALS)])
frame.to_csv(HERE / "pandas.csv")
frame.to_parquet(HERE / "pandas.parquet")
table = pl.from_pandas(frame.reset_index()).with_columns(pl.col("when").cast(pl.Date))
table.write_parquet(HERE / "polars.parquet")
table.write_ipc(HERE / "polars.arrow")


def sharpe(x):
    return x.mean(axis=0) / x.std(axis=0, ddof=1)


length = PERIODS // BLOCKS
blocks = returns[PERIODS - length * BLOCKS :].reshape(BLOCKS, length, TRIALS)
logits, losses, inside, outside = [], [], [], []
for chosen in combinations(range(BLOCKS), BLOCKS // 2):
    rest = [b for b in range(BLOCKS) if b not in chosen]
    train = sharpe(np.concatenate(blocks[list(chosen)]))
    test = sharpe(np.concatenate(blocks[rest]))
    best = int(np.argmax(train))
    omega = rankdata(test)[best] / (TRIALS + 1)
    logits.append(np.log(omega / (1 - omega)))
    losses.append(test[best] < 0)
    inside.append(train[best])
    outside.append(test[best])
slope, intercept = np.polyfit(inside, outside, 1)

ratios = sharpe(returns)
best = int(np.argmax(ratios))
ratio = ratios[best]
x = returns[:, best]
spread = 1 - skew(x) * ratio + (kurtosis(x, fisher=False) - 1) / 4 * ratio**2
variance = float(np.var(ratios, ddof=1))
gamma = np.euler_gamma
maximum = (1 - gamma) * norm.ppf(1 - 1 / TRIALS) + gamma * norm.ppf(1 - 1 / (TRIALS * np.e))


def psr(benchmark):
    return float(norm.cdf((ratio - benchmark) * np.sqrt(PERIODS - 1) / np.sqrt(spread)))


choices = np.sort([optimal_block_length(returns[:, i])["stationary"].iloc[0] for i in range(TRIALS)])
block = max(1.0, float(choices[TRIALS // 2]))


def p_values(columns):
    spa = SPA(np.zeros(PERIODS), -columns, block_size=block, reps=20_000, studentize=True, seed=5)
    spa.compute()
    return spa, {key: float(value) for key, value in spa.pvalues.items()}


spa, raw = p_values(returns)
_, studentised = p_values(returns / np.sqrt(spa._loss_diff_var))

json.dump(
    {
        "programs": {"numpy": np.__version__, "scipy": scipy.__version__, "arch": arch.__version__},
        "periods": PERIODS,
        "trials": TRIALS,
        "perYear": PER_YEAR,
        "best": f"rule {best}",
        "sharpe": float(ratio),
        "variance": variance,
        "psr": psr(0),
        "expectedMaximum": float(np.sqrt(variance) * maximum),
        "dsr": psr(np.sqrt(variance) * maximum),
        "minBtl": float((maximum / (ratio * np.sqrt(PER_YEAR))) ** 2),
        "pbo": float(np.mean(np.array(logits) <= 0)),
        "probabilityOfLoss": float(np.mean(losses)),
        "slope": float(slope),
        "intercept": float(intercept),
        "blockLength": block,
        "realityCheck": raw["upper"],
        **studentised,
    },
    (HERE / "returns.json").open("w"),
    indent=2,
)
