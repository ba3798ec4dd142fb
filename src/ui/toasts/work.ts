/** Something that takes a while, and the tab of the page that shows it. */
export interface Work {
  readonly name: string;
  readonly tab: string;
  busy: () => boolean;
  failed: () => boolean;
  /** A person has stopped it. */
  cancelled: () => boolean;
}

/** What took fewer milliseconds was not waited for. */
const long = 1000;

/** What is told of work that has ended after `took` milliseconds; null where nothing is: it is in view, was short, or was stopped. */
export function endOf(
  { name, failed, cancelled }: Work,
  took: number,
  inView: boolean,
): { readonly words: string; readonly failed: boolean } | null {
  if (inView || cancelled()) return null;
  if (failed()) return { words: `${name} failed.`, failed: true };
  return took < long ? null : { words: `${name} finished.`, failed: false };
}
