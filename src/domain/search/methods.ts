export const searchMethods = [
  'grid',
  'random',
  'latin-hypercube',
  'successive-halving',
  'differential-evolution',
] as const;

/** What successive halving gives the better sets more of. */
export const budgets = ['sessions', 'symbols'] as const;

/** Settings of the last two, which a complete study leaves out where they are these. */
export const adaptivePresets = { budget: 'sessions', rungs: 2, factor: 3, population: 8 } as const;
