INSERT INTO studies (digest, name, study) VALUES ($digest, $name, $study)
ON CONFLICT DO NOTHING
