-- Macro series as a replay has them: what is available by `macro_day` is real.
-- reads: original_macro, noise_macro · values: macro_day, future
SELECT series, day, available_day,
       CASE WHEN available_day <= getvariable('macro_day') THEN value ELSE value * noise END AS value
FROM original_macro POSITIONAL JOIN noise_macro
WHERE available_day <= getvariable('macro_day') OR getvariable('future') = 'noise'
ORDER BY series, day, available_day
