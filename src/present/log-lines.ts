interface Line {
  readonly level: string;
  readonly module: string;
}

/** What is looked for in a log: from a level on, of a module or of all (''), with all of these words. */
export interface LineFilter {
  readonly level: string;
  readonly module: string;
  readonly words: string;
}

const order = ['trace', 'debug', 'info', 'warning', 'error', 'fatal'];

export function matching<L extends Line>(
  lines: readonly L[],
  { level, module, words }: LineFilter,
): readonly L[] {
  const terms = words.toLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter((line) => {
    if (order.indexOf(line.level) < order.indexOf(level)) return false;
    if (module !== '' && line.module !== module) return false;
    if (terms.length === 0) return true;
    const text = JSON.stringify(line).toLowerCase();
    return terms.every((term) => text.includes(term));
  });
}

/** '12:00:00.123' of a time in UTC. */
export const clockOf = (time: string): string => time.slice(11, 23);

/** Facts in a line: `trades 130, study 3f…`. */
export const factsWord = (facts: Readonly<Record<string, unknown>>): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
