"""Golden values for src/domain/learning: `pip install hmmlearn==0.3.3 numpy==2.4.6`, then `python make_learning.py`.

linear: ordinary least squares by numpy.linalg.lstsq, standard errors from s²·inv(XᵀX).
hidden_markov: hmmlearn's GaussianHMM without priors: log-likelihood of a guess, its filtered chances (the last row of
predict_proba over each prefix), and the model after 30 iterations of Baum and Welch.
"""
import json
import math
from pathlib import Path

import numpy as np
from hmmlearn.hmm import GaussianHMM

rng = np.random.default_rng(20240131)

# A market's worth of z-scores: correlated, not centred, heavy in one tail.
n = 400
common = rng.standard_normal(n)
x = np.column_stack(
    [0.6 * common + 0.8 * rng.standard_normal(n) + 0.1, 0.5 * common + rng.gamma(2, 0.5, n), rng.standard_normal(n)]
).round(6)
y = (0.002 + x @ np.array([0.004, -0.001, 0.0005]) + 0.02 * rng.standard_normal(n)).round(8)
design = np.column_stack([np.ones(n), x])
beta, *_ = np.linalg.lstsq(design, y, rcond=None)
residual = y - design @ beta
variance = residual @ residual / (n - 4)
errors = np.sqrt(variance * np.diag(np.linalg.inv(design.T @ design)))
explained = 1 - residual @ residual / ((y - y.mean()) @ (y - y.mean()))

deviation = [0.006, 0.014, 0.035]
mean = [0.0008, -0.0005, -0.002]
move = np.array([[0.97, 0.025, 0.005], [0.05, 0.92, 0.03], [0.02, 0.1, 0.88]])
state, returns = 0, []
for _ in range(300):
    returns.append(mean[state] + deviation[state] * rng.standard_normal())
    state = rng.choice(3, p=move[state])
returns = np.array(returns).round(6)

guess = {
    "start": [0.5, 0.3, 0.2],
    "transition": [[0.9, 0.08, 0.02], [0.1, 0.8, 0.1], [0.05, 0.15, 0.8]],
    "mean": [0.001, 0.0, -0.001],
    "variance": [0.00003, 0.0002, 0.0015],
}


def model_of(**options):
    model = GaussianHMM(
        3, "diag", min_covar=0, startprob_prior=1, transmat_prior=1, means_prior=0, means_weight=0,
        covars_prior=0, covars_weight=1, init_params="", **options,
    )
    model.startprob_ = np.array(guess["start"])
    model.transmat_ = np.array(guess["transition"])
    model.means_ = np.array(guess["mean"])[:, None]
    model.covars_ = np.array(guess["variance"])[:, None]
    return model


model = model_of()
model.n_features = 1
column = returns[:, None]
before = model.score(column)
chances = [model.predict_proba(column[: t + 1])[-1].tolist() for t in range(len(returns))]

fitted = model_of(n_iter=30, tol=-math.inf, params="stmc").fit(column)
golden = {
    "linear": {
        "x": x.tolist(), "y": y.tolist(), "intercept": beta[0], "coefficients": beta[1:].tolist(),
        "errors": errors[1:].tolist(), "explained": explained,
    },
    "hidden_markov": {
        "values": returns.tolist(), "guess": guess, "log_likelihood": before, "filtered": chances,
        "fitted": {
            "start": fitted.startprob_.tolist(), "transition": fitted.transmat_.tolist(),
            "mean": fitted.means_[:, 0].tolist(), "variance": fitted.covars_[:, 0, 0].tolist(),
            "log_likelihood": fitted.score(column),
        },
    },
}
Path(__file__).with_name("learning.json").write_text(json.dumps(golden) + "\n")
