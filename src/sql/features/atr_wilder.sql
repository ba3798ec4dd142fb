-- Average true range by Wilder's smoothing, numbered as TA-Lib does: bars from 0, the first value at bar `period` is
-- the mean of true ranges 1 … period, then (previous × (period − 1) + TR) / period.
SELECT round(value)::BIGINT AS ticks, value / getvariable('price_scale') AS value
FROM {smoothed}
