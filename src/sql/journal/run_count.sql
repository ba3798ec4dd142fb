SELECT count(*) AS runs FROM runs
