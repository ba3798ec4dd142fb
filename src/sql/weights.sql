-- A strategy's target weights as plain columns beside the market's rows: what is not said is NaN.
SELECT 0::TINYINT AS side,
       0::TINYINT AS exit,
       coalesce(signal.score, 'NaN'::DOUBLE)::DOUBLE AS score,
       coalesce(signal.atr, 'NaN'::DOUBLE)::DOUBLE AS atr,
       1::DOUBLE AS size_factor,
       CASE WHEN isfinite(signal.weight::DOUBLE) THEN signal.weight::DOUBLE ELSE 'NaN'::DOUBLE END AS weight /* rebalance *//* unknown *//* half spread */
FROM (/* strategy */) AS signal /* spread table */
