-- Attention as a replay has it: what is known by `series_day` is real.
-- reads: original_attention, noise_attention · values: series_day, future
SELECT sym, day, known_day,
       CASE WHEN known_day <= getvariable('series_day') THEN value ELSE (value + 1) * noise END AS value
FROM original_attention POSITIONAL JOIN noise_attention
WHERE known_day <= getvariable('series_day') OR getvariable('future') = 'noise'
ORDER BY sym, day
