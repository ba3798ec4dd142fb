import { cheats } from '../domain/validation/cheats/registry.ts';

/** The known mistakes that can be audited, in words. */
export const demonstrations = cheats.map(({ id, title, does, where }) => ({
  id,
  title,
  does,
  where,
}));

export { replays as replayWords } from '../domain/validation/look-ahead.ts';
