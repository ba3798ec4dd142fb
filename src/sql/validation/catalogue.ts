/** Queries over a search's trials, their folds and what is chosen in them. */
export { default as choicesSql } from './choices.sql?raw';
export { default as foldsSql } from './folds.sql?raw';
export { default as groupsSql } from './groups.sql?raw';
export { default as purgedSql } from './purged.sql?raw';
export { default as splitsSql } from './splits.sql?raw';
