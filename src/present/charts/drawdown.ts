export { underwaterOf as drawdowns } from '../../domain/metrics/drawdown.ts';
