-- One value on every bar: what stands where a dataset lacks a series (a term of 0, a filter that lets all pass).
SELECT getvariable('value') AS value
FROM bars
