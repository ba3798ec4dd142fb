DELETE FROM pins WHERE run = $run
