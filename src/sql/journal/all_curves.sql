SELECT * FROM curves ORDER BY run
