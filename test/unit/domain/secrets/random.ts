const alphabets: Readonly<Record<string, string>> = {
  '': 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  A: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  a: 'abcdefghijklmnopqrstuvwxyz0123456789',
  hex: '0123456789abcdef',
};

/** `{20}` in a text becomes 20 random letters and digits, and likewise {A20}, {a20} and {hex32}; seeded. */
export function filled(text: string, seed = 1): string {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return text.replace(/\{(hex|A|a|)(\d+)\}/g, (_, name: string, length: string) =>
    Array.from({ length: Number(length) }, () =>
      alphabets[name]!.charAt(next(alphabets[name]!.length)),
    ).join(''),
  );
}
