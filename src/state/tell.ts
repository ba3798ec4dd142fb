import type { LabErrorData } from '../domain/errors.ts';

/** Logs a failure as it was shown; what logs is fetched with the first. */
export const tell = (error: LabErrorData): Promise<void> =>
  import('../wire/log/page.ts').then(
    ({ tellFailure }) => tellFailure(error),
    () => undefined, // Offline, say.
  );
