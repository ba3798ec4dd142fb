-- The number of each bar within its symbol, from 0, beside a source that is stored in (symbol, time) order.
SELECT unnest(range(bars))::INTEGER AS bar
FROM (SELECT sym, count(*) AS bars FROM {source} GROUP BY sym ORDER BY sym)
