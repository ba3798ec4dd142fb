-- Buy and hold: every symbol in equal parts, as soon as it may be bought, for good.
SELECT member.value::TINYINT AS side,
       0 AS exit,
       0.0 AS score,
       atr.value AS atr,
       getvariable('part') AS size_factor
FROM {member} AS member POSITIONAL JOIN {atr} AS atr
