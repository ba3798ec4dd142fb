-- How many rows of noise each series needs.
SELECT (SELECT count(*) FROM original_attention)::INTEGER AS attention,
       (SELECT count(*) FROM original_macro)::INTEGER AS macro,
       (SELECT count(*) FROM original_universe)::INTEGER AS universe
