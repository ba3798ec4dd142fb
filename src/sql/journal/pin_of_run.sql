SELECT * FROM pins WHERE run = $run
