-- The universe as a replay has it: spells that begin after `universe_day` are unknown, and so are ends after it
-- (2932896 is 9999-12-31). As noise they begin and end on other days after it.
-- reads: original_universe, noise_universe · values: universe_day, future
SELECT sym,
       CASE WHEN from_day > getvariable('universe_day')
         THEN (getvariable('universe_day') + 1 + floor(noise * 300))::INTEGER
         ELSE from_day
       END AS from_day,
       CASE WHEN to_day <= getvariable('universe_day') THEN to_day
            WHEN getvariable('future') = 'noise' THEN (getvariable('universe_day') + 400 + floor(noise * 300))::INTEGER
            ELSE 2932896
       END AS to_day,
       CASE WHEN to_day <= getvariable('universe_day') THEN delisting_return END AS delisting_return,
       group_name
FROM original_universe POSITIONAL JOIN noise_universe
WHERE from_day <= getvariable('universe_day') OR getvariable('future') = 'noise'
ORDER BY sym, from_day
