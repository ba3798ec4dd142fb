SELECT * FROM pins ORDER BY place
