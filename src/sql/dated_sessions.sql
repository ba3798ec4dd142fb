-- Common table expressions by which resampled.sql reads bars dated by days alone as it reads others, in days: each date is
-- known as itself, and over with the next one, for nothing tells which date of a week or a month is its last session.
given AS (SELECT rowid AS row, *, day AS opens, day AS known FROM imported_bars),
session_times AS (
  SELECT 0 AS place, day, day AS opens, day + 1 AS closes, NULL::INTEGER AS break_from, NULL::INTEGER AS break_to,
         day + 1 AS over
  FROM (SELECT unnest(range(min(day), max(day) + 32))::INTEGER AS day FROM imported_bars)
),
symbol_places AS (SELECT DISTINCT sym, 0 AS place FROM imported_bars)
