-- name: bars
-- What runs read: splits are in the bars, and adjusted closes where the file has them.
CREATE OR REPLACE VIEW console.main.bars AS
SELECT symbol, DATE '1970-01-01' + day AS date, open, high, low, close, volume
FROM lab.main.imported_bars JOIN lab.main.symbols USING (sym)
ORDER BY sym, day

-- name: attention
CREATE OR REPLACE VIEW console.main.attention AS
SELECT symbol, DATE '1970-01-01' + day AS date, DATE '1970-01-01' + known_day AS known, value
FROM lab.main.attention JOIN lab.main.symbols USING (sym)
ORDER BY sym, day

-- name: macro
CREATE OR REPLACE VIEW console.main.macro AS
SELECT series, DATE '1970-01-01' + day AS date, DATE '1970-01-01' + available_day AS available, value
FROM lab.main.macro
ORDER BY series, day
