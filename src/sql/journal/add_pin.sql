INSERT INTO pins (place, run) VALUES ($place, $run)
ON CONFLICT DO NOTHING
