-- A long entry on the symbol's bars 0, n, 2n …, whatever the prices do.
SELECT (member.value AND bars.bar % getvariable('every') = 0)::TINYINT AS side,
       0 AS exit,
       0.0 AS score,
       atr.value AS atr,
       1.0 AS size_factor
FROM bars POSITIONAL JOIN {member} AS member POSITIONAL JOIN {atr} AS atr
