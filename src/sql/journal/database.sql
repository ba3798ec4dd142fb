-- name: schema
SELECT type, name, sql FROM sqlite_schema ORDER BY type, name

-- name: application_id
PRAGMA application_id

-- name: user_version
PRAGMA user_version

-- name: quick_check
PRAGMA quick_check(1)

-- name: orphans
SELECT count(*) AS orphans FROM pragma_foreign_key_check
