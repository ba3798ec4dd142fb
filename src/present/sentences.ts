/** After the end of a word, not of an abbreviation such as “e.g.”, and before what begins a sentence. */
const between = /(?<=[\p{L}\p{N}%)”][.!?])(?<!\.\p{L}\.)\s+(?=[\p{Lu}“])/u;

/** The sentences of a text, in their order; the first is what a reader sees before they ask for more. */
export const sentencesOf = (text: string): readonly string[] =>
  text.trim() === '' ? [] : text.trim().split(between);
