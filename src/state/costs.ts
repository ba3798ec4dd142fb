export { costTotals } from '../domain/cost-totals.ts';
