/** As much of Secretlint's rules as is used. Those for files of other kinds answer a promise; for text none does. */
declare module '@secretlint/secretlint-rule-preset-recommend' {
  interface Context {
    createTranslator(messages: object): (id: string, values?: object) => { readonly id: string };
    report(found: { readonly range: readonly [number, number] }): void;
    ignore(comment: unknown): void;
  }
  interface Source {
    readonly content: string;
    readonly contentType: 'text';
  }
  interface Rule {
    readonly meta: { readonly id: string };
    create(context: Context, options: object): { file?(source: Source): unknown };
  }
  export const rules: readonly Rule[];
}
