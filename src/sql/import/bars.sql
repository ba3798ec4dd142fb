-- Bars of one file, parsed. With an adjusted close the whole bar is scaled by adjusted ÷ close; volume stays.
WITH parsed AS (
  SELECT record, trim(symbol) AS symbol, parse_day(date) AS day,
         parse_number(open) AS open, parse_number(high) AS high, parse_number(low) AS low,
         parse_number(close) AS close, parse_number(adjusted) AS adjusted, parse_volume(volume) AS volume,
         is_blank(open) AND is_blank(high) AND is_blank(low) AND is_blank(close) AS is_empty
  FROM staged
)
SELECT record, symbol, day,
       CASE WHEN getvariable('adjust') THEN open * (adjusted / close) ELSE open END AS open,
       CASE WHEN getvariable('adjust') THEN high * (adjusted / close) ELSE high END AS high,
       CASE WHEN getvariable('adjust') THEN low * (adjusted / close) ELSE low END AS low,
       CASE WHEN getvariable('adjust') THEN adjusted ELSE close END AS close,
       volume, is_empty
FROM parsed
