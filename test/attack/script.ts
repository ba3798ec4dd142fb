/** What scripts/attack.mjs works with. */
export { attacks } from './classes.ts';
export { commandOf, documentOf, tableOf } from './document.ts';
