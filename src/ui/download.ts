/** Hands texts or bytes, one after another, to the browser as one file. */
export function download(name: string, type: string, content: Iterable<BlobPart>): void {
  const address = URL.createObjectURL(new Blob([...content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
