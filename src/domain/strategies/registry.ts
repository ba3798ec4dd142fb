import type { Strategy } from './strategy.ts';

/** Every folder beside this file that has an index.ts is a strategy. Harvester comes first, then by title. */
const folders = import.meta.glob<{ default: Strategy }>('./*/index.ts', { eager: true });

export const strategies: readonly Strategy[] = Object.values(folders)
  .map((folder) => folder.default)
  .sort((a, b) => rank(a) - rank(b) || (a.title < b.title ? -1 : 1));

function rank(strategy: Strategy): number {
  return strategy.id === 'harvester' ? 0 : 1;
}

export const strategyById = (id: unknown): Strategy | undefined =>
  strategies.find((strategy) => strategy.id === id);
