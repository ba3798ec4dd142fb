-- name: add_study
INSERT INTO studies (digest, name, study) VALUES ($digest, $name, $study)
ON CONFLICT DO NOTHING

-- name: study_of_run
SELECT studies.* FROM studies JOIN runs ON runs.study = studies.digest WHERE runs.id = $id

-- name: all_studies
SELECT * FROM studies ORDER BY digest

-- name: delete_unused_studies
DELETE FROM studies WHERE digest NOT IN (SELECT study FROM runs)
