SELECT pins.place, runs.*, studies.name, json_extract(studies.study, '$.strategy.id') AS strategy
FROM pins JOIN runs ON runs.id = pins.run JOIN studies ON studies.digest = runs.study
ORDER BY pins.place
