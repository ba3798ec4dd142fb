import { errorData } from '../wire/errors.ts';
import { tell } from './tell.ts';

/** What nothing has caught is in the log. */
export function logUncaught(): void {
  addEventListener('error', ({ error }) => void tell(errorData(error)));
  addEventListener('unhandledrejection', ({ reason }) => void tell(errorData(reason)));
}
