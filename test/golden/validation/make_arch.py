"""Golden numbers of arch 8.0.0 (numpy 2.4.6) for test/golden/validation/arch.test.ts.

    python -m venv /tmp/arch && /tmp/arch/bin/pip install arch==8.0.0
    /tmp/arch/bin/python test/golden/validation/make_arch.py > test/golden/validation/arch.json

Series and draws come from a small generator that the test repeats, so that only results are kept. arch's SPA does not
studentise the simulated means; columns divided by their own omega beforehand make it Hansen's (2005) statistic.
"""

import json
import sys

import arch
import numpy as np
from arch.bootstrap import SPA, StationaryBootstrap, optimal_block_length


class Draws:
    """Numerical Recipes' linear congruence, as in the test."""

    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return self.state / 2**32

    def below(self, n):
        return int(self.uniform() * n)


def series(seed, length, memory, mean=0.0):
    """An AR(1) on uniform shocks in [-0.5, 0.5)."""
    draws = Draws(seed)
    values = np.zeros(length)
    last = 0.0
    for i in range(length):
        last = memory * last + draws.uniform() - 0.5
        values[i] = mean + last
    return values


def indices(draws, length, block):
    """One sample of the stationary bootstrap."""
    found = np.zeros(length, dtype=np.int64)
    at = -1
    for i in range(length):
        restart = True if i == 0 else draws.uniform() < 1 / block
        at = draws.below(length) if restart else at + 1
        if at == length:
            at = 0
        found[i] = at
    return found


class Repeated(StationaryBootstrap):
    """Draws what the test draws."""

    draws = None

    def update_indices(self):
        return indices(Repeated.draws, self._num_items, self._parameters[0])


def p_values(columns, benchmark, block, reps, draws_seed):
    """SPA of losses, minus the returns; not studentised."""
    spa = SPA(-benchmark, -columns, block_size=block, reps=reps, studentize=True, seed=1)
    Repeated.draws = Draws(draws_seed)
    spa.bootstrap = Repeated(block, spa._loss_diff, seed=1)
    spa.compute()
    return spa, {key: float(value) for key, value in spa.pvalues.items()}


blocks = []
for seed, length, memory in [
    (1, 250, 0.0),
    (2, 1000, 0.3),
    (3, 2500, 0.8),
    (4, 777, -0.5),
    (5, 60, 0.6),
    (6, 400, 0.97),
]:
    found = optimal_block_length(series(seed, length, memory))["stationary"].iloc[0]
    blocks.append({"seed": seed, "length": length, "memory": memory, "stationary": float(found)})

tests = []
for length, trials, lift, block, reps, with_benchmark in [
    (200, 6, 0.02, 4, 400, False),
    (300, 10, 0.035, 7.5, 400, True),
    (120, 5, 0.04, 1, 300, False),
]:
    columns = np.column_stack(
        [series(100 + k, length, 0.2, lift - 0.03 * k) for k in range(trials)]
    )
    benchmark = series(99, length, 0.2) * 0.3 if with_benchmark else np.zeros(length)
    spa, raw = p_values(columns, benchmark, block, reps, 7)
    omega = np.sqrt(spa._loss_diff_var)
    _, studentised = p_values(
        (columns - benchmark[:, None]) / omega, np.zeros(length), block, reps, 7
    )
    tests.append(
        {
            "length": length,
            "trials": trials,
            "lift": lift,
            "block": block,
            "reps": reps,
            "benchmark": with_benchmark,
            "omega": [float(one) for one in omega],
            "realityCheck": raw["upper"],
            **studentised,
        }
    )

json.dump({"arch": arch.__version__, "blocks": blocks, "tests": tests}, sys.stdout, indent=2)
print()
