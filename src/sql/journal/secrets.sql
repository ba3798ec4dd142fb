-- name: secrets
SELECT name, value FROM secrets ORDER BY name

-- name: keep_secret
INSERT INTO secrets (name, value) VALUES ($name, $value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value

-- name: forget_secret
DELETE FROM secrets WHERE name = $name

-- name: forget_secrets
DELETE FROM secrets
