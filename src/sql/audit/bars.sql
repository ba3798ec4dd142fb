-- Bars as a replay has them: real where they are over by `closed`, or in their opens by `opened` (days, or instants where
-- bars have them); later ones are absent, or noise where `future` is 'noise'. High and low of a kept open reach it. Tables
-- of noise stand row by row beside the originals.
-- reads: original_bars, noise_bars · values: closed, opened, future
SELECT sym, day, /* instants */
       CASE WHEN is_open_kept THEN open ELSE noise_open END AS open,
       CASE WHEN is_kept THEN high WHEN is_open_kept THEN greatest(noise_high, open) ELSE noise_high END AS high,
       CASE WHEN is_kept THEN low WHEN is_open_kept THEN least(noise_low, open) ELSE noise_low END AS low,
       CASE WHEN is_kept THEN close ELSE noise_close END AS close,
       CASE WHEN is_kept THEN volume ELSE noise_volume END AS volume
FROM (
  SELECT *, /* known or */day <= getvariable('closed') AS is_kept,
         /* known or */day <= getvariable('closed') OR /* opens or */day <= getvariable('opened') AS is_open_kept
  FROM original_bars POSITIONAL JOIN noise_bars
)
WHERE is_kept OR getvariable('future') = 'noise'
ORDER BY sym, day/* by instants */
