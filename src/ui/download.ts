/** Hands texts or bytes, one after another, to the browser as one file. */
export function download(name: string, type: string, content: Iterable<BlobPart>): void {
  const address = URL.createObjectURL(new Blob([...content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The same of pieces that are made while they are taken; the page draws and answers between them. */
export async function downloadPieces(
  name: string,
  type: string,
  pieces: Iterable<BlobPart> | AsyncIterable<BlobPart>,
): Promise<void> {
  const content: BlobPart[] = [];
  for await (const piece of pieces) {
    content.push(piece);
    await new Promise((resolve) => setTimeout(resolve));
  }
  download(name, type, content);
}
