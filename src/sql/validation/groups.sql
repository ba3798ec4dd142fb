-- The sessions cut into so many groups of equal length; the first ones are longer by one where it does not divide.
-- reads: sessions (session) · values: groups
WITH cut AS (
  SELECT session, ntile(getvariable('groups')) OVER (ORDER BY session) - 1 AS part FROM sessions
)
SELECT part::INTEGER AS part, min(session)::INTEGER AS from_session, max(session)::INTEGER AS to_session
FROM cut
GROUP BY part
ORDER BY part
