import { isTooLarge, isWebPage } from './words.ts';

const pageAtFirst = /^\uFEFF?\s*<(!doctype html|html|head|body)\b/i;

/** The bytes of a file that have come so far, and what is needed to ask for the rest alone. */
export class Received {
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  length = 0;
  /** Bytes of the whole; null where nobody says so, or where it comes packed. */
  total: number | null = null;
  /** What tells that the file has stayed the same: its strong ETag, or the date of its last change. */
  #version: string | null = null;
  type = '';
  disposition = '';
  /** Packed for the way (Content-Encoding), and as what. */
  encoding: string | null = null;

  constructor(
    private readonly url: URL,
    private readonly most: number,
  ) {}

  /** What asks for the rest; null where it must come from its beginning. */
  get rest(): { readonly Range: string; readonly 'If-Range': string } | null {
    if (this.length === 0 || this.total === null || this.#version === null) return null;
    return { Range: `bytes=${this.length}-`, 'If-Range': this.#version };
  }

  /** Takes an answer's headers; what was there is kept where the answer provably goes on from it. False where it cannot be used. */
  begin({ status, headers }: Response): boolean {
    const length = sizeOf(headers.get('content-length'));
    const version = versionOf(headers);
    if (status === 206) {
      const [, from, whole] =
        /^bytes (\d+)-\d+\/(\d+)/.exec(headers.get('content-range') ?? '') ?? [];
      const goesOn =
        this.total !== null &&
        version === this.#version &&
        length === this.total - this.length &&
        (from === undefined || (Number(from) === this.length && Number(whole) === this.total));
      if (!goesOn) this.clear();
      return goesOn;
    }
    this.clear();
    this.encoding = headers.get('content-encoding');
    if (this.encoding === 'identity') this.encoding = null;
    this.total = this.encoding === null ? length : null;
    this.#version = version;
    this.type = headers.get('content-type') ?? '';
    this.disposition = headers.get('content-disposition') ?? '';
    if (length !== null && length > this.most) throw isTooLarge(this.url, this.most);
    if (/^\s*text\/html\b/i.test(this.type)) throw isWebPage(this.url);
    return true;
  }

  take(chunk: Uint8Array<ArrayBuffer>): void {
    this.#chunks.push(chunk);
    this.length += chunk.length;
    if (this.length > this.most) throw isTooLarge(this.url, this.most);
    // Longer than was said: it came packed, and the browser has unpacked it.
    if (this.total !== null && this.length > this.total) this.total = null;
    if (
      this.#chunks.length === 1 &&
      pageAtFirst.test(new TextDecoder().decode(chunk.subarray(0, 200)))
    )
      throw isWebPage(this.url);
  }

  clear(): void {
    this.#chunks = [];
    this.length = 0;
    this.total = null;
    this.#version = null;
  }

  blob(): Blob {
    return new Blob(this.#chunks);
  }
}

const sizeOf = (text: string | null): number | null =>
  text !== null && /^\d+$/.test(text) ? Number(text) : null;

function versionOf(headers: Headers): string | null {
  const tag = headers.get('etag');
  return tag === null || tag.startsWith('W/') ? headers.get('last-modified') : tag;
}
