SELECT * FROM studies ORDER BY digest
