-- Membership spells of one file: from ≤ date < to, an empty `to` is open.
SELECT record, trim(symbol) AS symbol, parse_day("from") AS from_day,
       CASE WHEN is_blank("to") THEN 2932896 ELSE parse_day("to") END AS to_day,
       parse_number(delisting_return) AS delisting_return,
       false AS is_empty
FROM staged
