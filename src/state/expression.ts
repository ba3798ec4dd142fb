/** What an editor of expressions needs: what may stand where. */
export { completions } from '../domain/strategies/custom/language/complete.ts';
