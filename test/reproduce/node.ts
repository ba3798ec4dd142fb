/** The studies in Node: `node node.mjs ADDRESS`, run at the project's root. */
import { filesOf, nodeLab } from './node-lab.ts';
import { workThrough } from './work.ts';

await workThrough(nodeLab(), filesOf, new URL(process.argv[2]!));
