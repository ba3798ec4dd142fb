/** What the benchmark takes from the project in Node; vite builds it, since Node alone reads no TypeScript. */
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { startNodeTrials } from '../../workers/engines/trials-node.ts';
import { createWorkbench } from './workbench.mjs';

export { featureColumns, featureWorkload } from './feature-workload.mjs';
export const nodeWorkbench = () => createWorkbench(startNodeEngine, startNodeTrials);
export { orderCloses, timeSimulation } from './simulation-workload.mjs';
export { sessionColumns } from '../../src/domain/exchanges/sessions.ts';
