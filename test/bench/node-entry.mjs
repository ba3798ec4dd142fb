/** What the benchmark takes from the project in Node; vite builds it, since Node alone reads no TypeScript. */
import { startNodeEngine } from '../../workers/engines/duckdb-node.ts';
import { createWorkbench } from './workbench.mjs';

export { featureColumns, featureWorkload } from './feature-workload.mjs';
export const nodeWorkbench = () => createWorkbench(startNodeEngine);
export { orderCloses, timeSimulation } from './simulation-workload.mjs';
