-- Attention as a replay has it: what is known by `attention_day` is real.
-- reads: original_attention, noise_attention · values: attention_day, future
SELECT sym, day, known_day,
       CASE WHEN known_day <= getvariable('attention_day') THEN value ELSE (value + 1) * noise END AS value
FROM original_attention POSITIONAL JOIN noise_attention
WHERE known_day <= getvariable('attention_day') OR getvariable('future') = 'noise'
ORDER BY sym, day
