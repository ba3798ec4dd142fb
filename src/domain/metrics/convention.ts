/** Whose definitions metrics follow: Outsample's own, or those of a program that people compare with. */
export const conventions = ['outsample', 'backtesting.py', 'vectorbt', 'quantstats'] as const;
export type Convention = (typeof conventions)[number];
