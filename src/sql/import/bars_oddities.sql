-- Bars whose open equals their symbol's close before, and bars that leave their own range.
SELECT count_if(open = before)::INTEGER AS copied, count(before)::INTEGER AS followed,
       count_if(greatest(open, close) > high OR least(open, close) < low)::INTEGER AS outside,
       min(row) FILTER (greatest(open, close) > high OR least(open, close) < low)::INTEGER AS first_outside
FROM (SELECT row, open, high, low, close, CASE WHEN sym = lag(sym) OVER () THEN lag(close) OVER () END AS before FROM next_bars)
