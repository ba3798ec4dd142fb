import { type Span, refuse } from './problem.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Walks an expression's tokens. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(readonly source: string) {
    this.#tokens = tokensOf(source);
  }

  get token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  /** Where the last token taken ends. */
  get end(): number {
    return this.#tokens[this.#next - 1]?.end ?? 0;
  }

  take(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  skip(word: string): boolean {
    if (this.token.word !== word) return false;
    this.#next++;
    return true;
  }

  expect(word: string): void {
    if (this.skip(word)) return;
    const token = this.token;
    const where = token.kind === 'end' ? { at: Math.max(0, token.at - 1), end: token.end } : token;
    this.refuse(where, `Here “${word.toUpperCase()}” should stand.`);
  }

  refuse(span: Span, problem: string, remedy = 'Correct the expression.'): never {
    refuse(this.source, span, problem, remedy);
  }
}
