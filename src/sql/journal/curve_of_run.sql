SELECT * FROM curves WHERE run = $run
