-- Attention or macro values of one file, parsed; rows without a value are left out.
-- `available` is the date from which a revised value counts; without it the value's own date.
SELECT record, trim(symbol) AS symbol, parse_day(date) AS day,
       CASE WHEN is_blank(available) THEN parse_day(date) ELSE parse_day(available) END AS available_day,
       parse_number(value) AS value,
       is_blank(value) AS is_empty
FROM staged
