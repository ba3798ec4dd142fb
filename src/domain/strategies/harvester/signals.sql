-- Harvester: enter against the recent move when the Panic Score is above its threshold, the symbol is
-- tradable and belongs to the universe.
SELECT CASE
         WHEN score.value > getvariable('entry_threshold')
          AND tradable.value
          AND member.value
          AND (getvariable('sides') = 'both' OR direction.value = CASE getvariable('sides') WHEN 'long' THEN 1 ELSE -1 END)
         THEN direction.value
         ELSE 0
       END AS side,
       0 AS exit,
       score.value AS score,
       atr.value AS atr,
       factor.value AS size_factor
FROM {score} AS score POSITIONAL JOIN {direction} AS direction POSITIONAL JOIN {atr} AS atr
     POSITIONAL JOIN {tradable} AS tradable POSITIONAL JOIN {member} AS member POSITIONAL JOIN {factor} AS factor
