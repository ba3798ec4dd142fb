/** What can be said of a passphrase by its length alone; empty where there is none yet. */
export function passphraseHint(passphrase: string): string {
  const length = Array.from(passphrase.normalize('NFC')).length;
  const different = new Set(passphrase).size;
  if (length === 0) return '';
  if (length < 12 || different < 5)
    return 'Weak: easily guessed. Four or more random words are better.';
  if (length < 20)
    return 'Fair, if it is not a known phrase. A further random word makes it strong.';
  return 'Long. Strong, if it is not a known phrase.';
}
