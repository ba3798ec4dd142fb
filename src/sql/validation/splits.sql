-- The training ranges of every combinatorial split (López de Prado 2018, ch. 12): each group that is not tested, less
-- `purge` sessions where a test group follows it and `embargo` sessions where one stands before it.
-- reads: groups (part, from_session, to_session), tested (split, part) · values: purge, embargo
WITH marked AS (
  SELECT splits.split, groups.part, groups.from_session, groups.to_session,
         EXISTS (SELECT 1 FROM tested WHERE tested.split = splits.split AND tested.part = groups.part) AS test,
         EXISTS (SELECT 1 FROM tested WHERE tested.split = splits.split AND tested.part = groups.part + 1) AS before_test,
         EXISTS (SELECT 1 FROM tested WHERE tested.split = splits.split AND tested.part = groups.part - 1) AS after_test
  FROM (SELECT DISTINCT split FROM tested) AS splits, groups
)
SELECT split::INTEGER AS fold,
       (from_session + CASE WHEN after_test THEN getvariable('embargo') ELSE 0 END)::INTEGER AS train_from,
       (to_session - CASE WHEN before_test THEN getvariable('purge') ELSE 0 END)::INTEGER AS train_to
FROM marked
WHERE NOT test AND train_from <= train_to
ORDER BY fold, train_from
