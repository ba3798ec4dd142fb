-- Macro series as a replay has them: what is available by `series_day` is real.
-- reads: original_macro, noise_macro · values: series_day, future
SELECT series, day, available_day,
       CASE WHEN available_day <= getvariable('series_day') THEN value ELSE value * noise END AS value
FROM original_macro POSITIONAL JOIN noise_macro
WHERE available_day <= getvariable('series_day') OR getvariable('future') = 'noise'
ORDER BY series, day, available_day
