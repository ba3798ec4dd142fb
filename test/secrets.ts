import { addresses, keys } from '../src/domain/secrets/shapes.ts';

const letters = 'k3Jq8ZtR5vXw2LmN7pYs4BcD9fGh6TaQ1uEoVi0r';
/** A secret of a shape’s example: `{20}` stands for so many letters and digits. */
const filled = (example: string): string =>
  example.replace(/\{(hex|A)?(\d+)\}/g, (_, kind: string | undefined, length: string) => {
    const long = letters.repeat(4).slice(0, Number(length));
    if (kind === 'hex')
      return Array.from(long, (c) => (c.charCodeAt(0) % 16).toString(16)).join('');
    return kind === 'A' ? long.toUpperCase() : long;
  });

/** One of every shape that the project knows; all made up. */
export const secrets: readonly string[] = [
  ...[...addresses, ...keys].map(({ example }) => filled(example)),
  `password="pa\\ss"${letters}`,
];

const inBase64 = (text: string): string => Buffer.from(text).toString('base64');

/** How a text may stand in another: as it is, as addresses and JSON have it, in base64 from each of three places. */
export const encodings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => encodeURIComponent(text),
  (text) => JSON.stringify(text).slice(1, -1),
  ...[0, 1, 2].map((before) => (text: string) => inBase64(':'.repeat(before) + text)),
];

/** What of it would betray it, however it is written: of base64 the part that no neighbour changes. */
export const traces = (secret: string): readonly string[] => [
  ...encodings.slice(0, 3).map((encode) => encode(secret)),
  ...[0, 1, 2].map((before) => inBase64(':'.repeat(before) + secret).slice(4, -4)),
];

/** Keys of different kinds that no two tests could take for one another: the n-th of twenty. */
export const planted: readonly string[] = Array.from({ length: 20 }, (_, i) => {
  const part = letters.slice(i) + letters.slice(0, i);
  return [
    `sk_live_${part.slice(0, 24)}`,
    `ghp_${part.slice(0, 36)}`,
    `xoxb-${part.slice(0, 30)}`,
    part,
  ][i % 4]!;
});

/** Which of the secrets stand in what was given out, and where. */
export function foundIn(
  outputs: Readonly<Record<string, string>>,
  wanted: readonly string[] = planted,
): readonly string[] {
  return wanted.flatMap((secret, i) =>
    Object.entries(outputs)
      .filter(([, text]) => traces(secret).some((trace) => text.includes(trace)))
      .map(([name]) => `secret ${i} in ${name}`),
  );
}
