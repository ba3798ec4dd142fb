/** Text that is HTML already. Only the template below makes one, so that nothing else gets in unescaped. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What a template takes: text and numbers are escaped, lists are put one after another, null is nothing. */
export type Content = Html | string | number | null | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that HTML forbids even as references: controls other than tab and line ends, and lone surrogates. */
// eslint-disable-next-line no-control-regex -- controls are what it looks for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text that stands for itself inside an element or a quoted attribute. */
export const escaped = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => entities[character]!);

/**
 * html`<p>${text}</p>`: everything that is put in is escaped, but for what this made. How the source is indented does
 * not get into the text.
 */
export const html = (parts: TemplateStringsArray, ...contents: readonly Content[]): Html =>
  new Html(
    parts.reduce(
      (made, part, i) => made + textOf(contents[i - 1] ?? null) + part.replace(INDENT, '\n'),
      '',
    ),
  );

const INDENT = /\n\s*/g;

function textOf(content: Content): string {
  if (content === null) return '';
  if (content instanceof Html) return content.toString();
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') {
    // A number that has not been formatted: a place, a size. No fraction of it reaches a reader.
    if (Number.isFinite(content)) return String(Math.round(content * 100) / 100 + 0);
    throw new RangeError('A number that is put into a report must be finite.');
  }
  return content.map(textOf).join('');
}
