/** What moves a cursor, ends a line, is not seen, or turns the direction of the text after it. */
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text of a file or a person as one line of a terminal shows it: what could pass for more than text is written as JSON
 * escapes it, `\n` or `\u001b`. The joiners of emoji and of some scripts stay.
 */
export const visible = (text: string): string =>
  text.replace(invisible, (found) => short[found] ?? escaped(found));

const escaped = (found: string): string =>
  Array.from({ length: found.length }, (_, i) => found.charCodeAt(i))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
