-- name: quality
-- By symbol: span, steps from bar to bar, and counts that say where a closer look is due. Of the bars whose open equals the
-- close before, and of those that leave their own range by more than a rounding, the first row too. next_bars is
-- stored in (symbol, time, row) order; day 0 is a Thursday. Within a session opens copy closes as a rule.
WITH beside AS (
  SELECT row, sym, day, open, high, low, close, volume, adjusted / close AS factor, hash(open, high, low, close) AS prices,
         CASE WHEN sym = lag(sym) OVER () THEN lag(day) OVER () END AS day_before,
         lag(row) OVER () AS row_before, lag(close) OVER () AS close_before, lag(adjusted) OVER () AS level,
         lag(hash(open, high, low, close)) OVER () AS prices_before
  FROM next_bars
),
judged AS (
  SELECT row, sym, day, day - day_before AS step, is_weekend(day) AS is_weekend, volume,
         greatest(open, close) > high * (1 + 1e-9) OR least(open, close) < low * (1 - 1e-9) AS is_outside,
         day > day_before AND open = close_before AS is_copied,
         day_before IS NOT NULL AND row < row_before AS is_inverted,
         day_before IS NOT NULL AND prices = prices_before AS is_same,
         day_before IS NOT NULL AND (greatest(open, high, close) * factor > 7 * level OR least(open, low, close) * factor * 7 < level) AS is_far
  FROM beside
)
SELECT sym::INTEGER AS sym, count(*)::INTEGER AS bars, min(day)::INTEGER AS first_day, max(day)::INTEGER AS last_day,
       (count(*) - 1)::INTEGER AS followed, coalesce(max(step), 0)::INTEGER AS longest,
       count(*) FILTER (step = 1)::INTEGER AS ones, count(*) FILTER (step <= 4)::INTEGER AS days,
       count(*) FILTER (is_weekend)::INTEGER AS weekends, count(*) FILTER (is_copied)::INTEGER AS copied,
       count(*) FILTER (is_outside)::INTEGER AS outside, count(*) FILTER (is_inverted)::INTEGER AS inverted,
       count(*) FILTER (is_same)::INTEGER AS same, count(*) FILTER (is_far)::INTEGER AS far,
       count(*) FILTER (volume = 0)::INTEGER AS zeros, count(volume)::INTEGER AS volumes,
       (min(row) FILTER (is_copied))::INTEGER AS first_copied, (min(row) FILTER (is_outside))::INTEGER AS first_outside
FROM judged
GROUP BY sym
ORDER BY sym

-- name: quality_findings
-- What stands out in the bars of each symbol: of which kind, how many bars, and the first row, of import_cells, with its field.
-- The kinds are those of src/domain/quality.ts. Only symbols that next_quality suspects are looked at.
WITH symbols AS (
  SELECT *, pause(followed, ones, days, last_day - first_day) AS pause, count(*) OVER () AS symbols, max(last_day) OVER () AS end_day
  FROM next_quality
),
-- In each file the rows against the order that most have; a file may have the newest first.
ordered AS (
  SELECT sym, file, row, {at} - lag({at}) OVER (PARTITION BY sym, file ORDER BY row) AS step
  FROM next_bars ASOF JOIN import_files ON next_bars.row >= import_files.first_row
  WHERE sym IN (SELECT sym FROM symbols WHERE inverted > 0)
),
disorder AS (
  SELECT 'disorder' AS kind, sym, 'date' AS field, least(backward, forward) AS bars,
         CASE WHEN backward <= forward THEN first_backward ELSE first_forward END AS row
  FROM (
    SELECT sym, count(*) FILTER (step < 0) AS backward, count(*) FILTER (step > 0) AS forward,
           min(row) FILTER (step < 0) AS first_backward, min(row) FILTER (step > 0) AS first_forward
    FROM ordered GROUP BY sym, file
  )
),
pauses AS (
  SELECT sym, row, day, lag(day) OVER (PARTITION BY sym ORDER BY {at}) AS day_before, pause, symbols
  FROM next_bars JOIN symbols USING (sym)
  WHERE longest > pause
),
-- Where the universe ends a spell a symbol may pause; where no other symbol has bars the market did.
gaps AS (
  SELECT 'gap' AS kind, sym, 'date' AS field, count(*) AS bars, min(row) AS row
  FROM pauses
  WHERE day - day_before > pause
    AND NOT EXISTS (
      FROM next_universe AS spells
      WHERE spells.sym = pauses.sym AND spells.to_day > day_before - 7 AND spells.to_day <= day + 7
    )
    AND (symbols = 1 OR EXISTS (FROM next_bars AS others WHERE others.day > day_before AND others.day < pauses.day))
  GROUP BY sym
),
ended AS (
  SELECT sym, last_day FROM symbols
  WHERE last_day < end_day - greatest(30, 3 * pause)
    AND NOT EXISTS (FROM next_universe AS spells WHERE spells.sym = symbols.sym AND spells.to_day <= last_day + 30)
),
early AS (
  SELECT 'early-end' AS kind, bars.sym, 'date' AS field, 1 AS bars, min(row) AS row
  FROM next_bars AS bars JOIN ended ON ended.sym = bars.sym AND ended.last_day = bars.day
  GROUP BY bars.sym
),
-- Years in which a market that closes on weekends has none but a few bars there, and no others do; exchanges once traded on
-- Saturdays, and open on one at times.
years AS (
  SELECT sym, year, weekends / bars AS part,
         (weekends + coalesce(lag(weekends) OVER w, 0)) / (bars + coalesce(lag(bars) OVER w, 0)) AS parts
  FROM (
    SELECT sym, day // 365 AS year, count(*) AS bars, count(*) FILTER (is_weekend(day)) AS weekends
    FROM next_bars
    WHERE sym IN (SELECT sym FROM symbols WHERE weekends BETWEEN 1 AND 0.1 * bars AND days >= 0.5 * followed)
    GROUP BY sym, year
  )
  WINDOW w AS (PARTITION BY sym ORDER BY year)
),
resting AS (
  SELECT bars.sym, bars.row, bars.day
  FROM next_bars AS bars JOIN years ON years.sym = bars.sym AND years.year = bars.day // 365
  WHERE is_weekend(bars.day) AND part < 0.1 AND parts < 0.1
),
sessions AS (
  SELECT day, count(*) AS present
  FROM next_bars WHERE is_weekend(day) AND EXISTS (FROM resting)
  GROUP BY day
),
weekends AS (
  SELECT 'weekend' AS kind, sym, 'date' AS field, count(*) AS bars, min(row) AS row
  FROM resting JOIN sessions USING (day)
  WHERE present < 3 OR present < 0.5 * (SELECT count(*) FROM symbols WHERE resting.day BETWEEN first_day AND last_day)
  GROUP BY sym
),
-- Five bars or more of the same prices, and not of another volume, longer than a session. Each run is told by the bar after
-- it, the last by a row that is none: running sums take too long.
unchanged AS (
  SELECT sym, row, day, row_number() OVER () AS place, lag(day) OVER () AS day_before, coalesce(
    sym = lag(sym) OVER () AND open = lag(open) OVER () AND high = lag(high) OVER () AND low = lag(low) OVER ()
    AND close = lag(close) OVER () AND (coalesce(volume, 0) = 0 OR volume = lag(volume) OVER ()), false) AS is_same
  FROM next_bars
  WHERE (SELECT max(same) FROM next_quality) >= 4
),
starts AS (
  SELECT sym, row, day, place, day_before FROM unchanged WHERE NOT is_same
  UNION ALL
  SELECT NULL, NULL, NULL, (SELECT count(*) FROM next_bars) + 1, arg_max(last_day, sym) FROM next_quality
),
runs AS (
  SELECT lag(sym) OVER () AS sym, lag(row) OVER () AS first_row, lag(day) OVER () AS day, day_before AS last_day,
         place - lag(place) OVER () AS bars
  FROM starts
),
stale AS (
  SELECT 'stale' AS kind, sym, 'close' AS field, sum(bars) AS bars, min(first_row) AS row
  FROM runs WHERE bars >= 5 AND last_day > day
  GROUP BY sym
),
-- A bar or up to three in a row at ten or a hundred times the level before, or a 10th or 100th, and then back.
levels AS (
  SELECT sym, row, lag(adjusted) OVER w AS level, open * adjusted / close AS open, high * adjusted / close AS high,
         low * adjusted / close AS low, adjusted AS close, lead(adjusted) OVER w AS next1, lead(adjusted, 2) OVER w AS next2,
         lead(adjusted, 3) OVER w AS next3
  FROM (SELECT * REPLACE (coalesce(adjusted, close) AS adjusted) FROM next_bars)
  WHERE sym IN (SELECT sym FROM symbols WHERE far > 0)
  WINDOW w AS (PARTITION BY sym ORDER BY {at})
),
points AS (
  SELECT sym, row,
         CASE WHEN is_tenfold(close / level) THEN 'close' WHEN is_tenfold(open / level) THEN 'open'
              WHEN is_tenfold(high / level) THEN 'high' WHEN is_tenfold(low / level) THEN 'low' END AS field,
         CASE WHEN is_level(close / level) OR is_level(next1 / level) THEN 1 WHEN is_level(next2 / level) THEN 2
              WHEN is_level(next3 / level) THEN 3 END AS bars
  FROM levels
),
misplaced AS (
  SELECT 'point' AS kind, sym, arg_min(field, row) AS field, sum(bars) AS bars, min(row) AS row
  FROM points WHERE field IS NOT NULL AND bars IS NOT NULL
  GROUP BY sym
),
-- Zeros before the first volume are a history without one; where most are zero, none is odd.
untraded AS (
  SELECT 'untraded' AS kind, sym, 'volume' AS field, count(*) AS bars, min(row) AS row
  FROM next_bars
  JOIN (
    SELECT sym, min(day) FILTER (volume > 0) AS first_traded FROM next_bars
    WHERE sym IN (SELECT sym FROM symbols WHERE zeros > 0 AND volumes > 2 * zeros)
    GROUP BY sym
  ) USING (sym)
  WHERE volume = 0 AND day > first_traded
  GROUP BY sym
),
outside AS (
  SELECT 'outside' AS kind, sym, 'close' AS field, outside AS bars, first_outside AS row FROM symbols WHERE outside > 0
)
SELECT kind, sym, field, sum(bars)::INTEGER AS bars, min(row)::INTEGER AS row
FROM (
  FROM disorder UNION ALL FROM gaps UNION ALL FROM early UNION ALL FROM weekends UNION ALL FROM stale
  UNION ALL FROM misplaced UNION ALL FROM untraded UNION ALL FROM outside
)
WHERE bars > 0
GROUP BY kind, sym, field
ORDER BY sym, row, kind

-- name: repeats
-- Each bar at a date or an instant ({at}) that its symbol already has, the row before, and whether both say the same.
SELECT row, row_before, sym, is_same
FROM (
  SELECT row, sym, lag(row) OVER () AS row_before, sym = lag(sym) OVER () AND {at} = lag({at}) OVER () AS is_repeat,
         open = lag(open) OVER () AND high = lag(high) OVER () AND low = lag(low) OVER () AND close = lag(close) OVER ()
         AND adjusted = lag(adjusted) OVER () AND volume IS NOT DISTINCT FROM lag(volume) OVER () AS is_same
  FROM next_bars
)
WHERE is_repeat

-- name: repeats_judged
-- The rows of next_repeats: a date is the same to the letter. Two files may write one in two ways, but with a time it is
-- another bar; where instants are known the letters do not count.
SELECT found.row::INTEGER AS row, sym::INTEGER AS sym,
       (is_same AND (getvariable('at') = 'opens' OR cells.date = before.date OR (cells.file <> before.file AND is_whole(cells.date) AND is_whole(before.date))))::INTEGER AS is_same
FROM next_repeats AS found
JOIN import_cells AS cells ON cells.rowid = found.row
JOIN import_cells AS before ON before.rowid = found.row_before
ORDER BY found.row

-- name: shifted
-- For each file of bars whose stamps are instants in UTC other than midnight (`clock` is minutes): at how many times of day, and on
-- which weekdays its dates fall. Where a market closes tells whether they are a day early or late.
WITH stamps AS (
  SELECT text, format, day, coalesce(
    CASE WHEN regexp_matches(text, '[T ][0-9]{1,2}:[0-9]{2}.*(Z|UTC|GMT|[-+]00:?(00)?)\s*$')
      THEN regexp_extract(text, '[T ]([0-9]{1,2}):', 1)::INTEGER * 60 + regexp_extract(text, '[T ][0-9]{1,2}:([0-9]{2})', 1)::INTEGER END,
    CASE format WHEN 'seconds' THEN TRY_CAST(text AS BIGINT) // 60 WHEN 'milliseconds' THEN TRY_CAST(text AS BIGINT) // 60000
      WHEN 'microseconds' THEN TRY_CAST(text AS BIGINT) // 60000000 END % 1440
  )::INTEGER AS clock
  FROM import_days
)
SELECT file, count(DISTINCT clock)::INTEGER AS clocks, max(clock)::INTEGER AS clock, count(DISTINCT (day + 3) % 7)::INTEGER AS weekdays,
       count(*) FILTER ((day + 3) % 7 = 0)::INTEGER AS mondays, count(*) FILTER ((day + 3) % 7 = 4)::INTEGER AS fridays,
       count(*) FILTER ((day + 3) % 7 = 5)::INTEGER AS saturdays, count(*) FILTER ((day + 3) % 7 = 6)::INTEGER AS sundays
FROM import_rows JOIN import_styles AS styles USING (file)
JOIN (FROM stamps WHERE clock > 0) AS stamps ON stamps.text = import_rows.date AND stamps.format = styles.date_format
WHERE role = 'bars' AND day >= 0
GROUP BY file
ORDER BY file

-- name: beside
-- Spans of what stands beside the bars, by series or symbol, and of the bars that it is about; a universe that stays open ends
-- with the bars.
WITH spans AS (SELECT sym, min(day) AS first_bar, max(day) AS last_bar FROM next_bars GROUP BY sym),
whole AS (SELECT min(first_bar) AS first_bar, max(last_bar) AS last_bar FROM spans)
SELECT role, name, first_day::INTEGER AS first_day, last_day::INTEGER AS last_day, first_bar::INTEGER AS first_bar,
       last_bar::INTEGER AS last_bar
FROM (
  SELECT 'macro' AS role, series AS name, min(day) AS first_day, max(day) AS last_day FROM next_macro GROUP BY series
  UNION ALL
  SELECT 'universe', '', min(from_day), max(to_day) - 1 FROM next_universe HAVING count(*) > 0
), whole
UNION ALL
SELECT 'attention', symbol, min(day)::INTEGER, max(day)::INTEGER, any_value(first_bar)::INTEGER, any_value(last_bar)::INTEGER
FROM next_attention JOIN spans USING (sym) JOIN next_symbols USING (sym)
GROUP BY symbol
UNION ALL
SELECT 'member', symbol, min(from_day)::INTEGER, max(to_day)::INTEGER - 1, any_value(first_bar)::INTEGER, any_value(last_bar)::INTEGER
FROM next_universe JOIN spans USING (sym) JOIN next_symbols USING (sym)
GROUP BY symbol
ORDER BY role, name
