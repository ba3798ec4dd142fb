-- Relative Strength Index by Wilder's smoothing, numbered as TA-Lib does: the first value stands at bar `period`,
-- from the means of the first `period` gains and losses. Where nothing has moved it is 50; TA-Lib says 0, which
-- would read as oversold.
SELECT CASE gain.value + loss.value = 0
         WHEN true THEN 50
         WHEN false THEN 100 * gain.value / (gain.value + loss.value)
       END AS value
FROM {gain} AS gain POSITIONAL JOIN {loss} AS loss
