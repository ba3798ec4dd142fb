/** Feature columns as a small expression graph: what strategies build their signals from. */
export * from './features/graph.ts';
export * from './features/harvester.ts';
export * from './features/longer.ts';
export * from './features/prices.ts';
export * from './features/universe.ts';
