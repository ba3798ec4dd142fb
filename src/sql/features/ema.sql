-- Exponential moving average of the close with weight 2 / (period + 1), numbered as TA-Lib does: the first value, at bar
-- period − 1, is the simple mean of the first `period` closes.
SELECT value / getvariable('price_scale') AS value
FROM {smoothed}
