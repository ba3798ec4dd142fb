import { type Logger, getLogger } from '@logtape/logtape';

export const root = 'outsample';

/** The logger of a module. Where nothing is configured, as in tests, it costs nothing and says nothing. */
export const loggerOf = (module: string): Logger => getLogger([root, module]);
