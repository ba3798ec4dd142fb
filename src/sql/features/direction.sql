-- Contrarian direction: −1 after a rise over `bars` bars, +1 after a fall, 0 after neither or before that.
SELECT CASE WHEN bar >= getvariable('bars')
         THEN coalesce(sign(lag(close_ticks, getvariable('bars')) OVER () - close_ticks), 0)
         ELSE 0
       END::TINYINT AS value
FROM bars
