/** From which level on there are lines. */
export const logLevels = ['debug', 'info', 'warning', 'error', 'off'] as const;
export type LogChoice = (typeof logLevels)[number];

export const isLogChoice = (text: unknown): text is LogChoice =>
  logLevels.some((level) => level === text);
