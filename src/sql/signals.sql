-- A strategy's signals as plain columns beside the market's rows: no signal is 0, no value is NaN.
SELECT coalesce(signal.side, 0)::TINYINT AS side,
       coalesce(signal.exit, 0)::TINYINT AS exit,
       coalesce(signal.score, 'NaN'::DOUBLE)::DOUBLE AS score,
       coalesce(signal.atr, 'NaN'::DOUBLE)::DOUBLE AS atr,
       coalesce(signal.size_factor, 1)::DOUBLE AS size_factor /* unknown *//* half spread */
FROM (/* strategy */) AS signal /* spread table */
