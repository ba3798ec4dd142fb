-- Of made-up data no values are known: they are summed at the study's own precision.
CREATE OR REPLACE TEMP TABLE largest (
  decimals VARCHAR, value DOUBLE, file VARCHAR, line INTEGER, column_name VARCHAR, text VARCHAR, squares DOUBLE,
  needed INTEGER
);
