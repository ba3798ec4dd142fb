import { createReadStream } from 'node:fs';
import { LabError } from '../domain/errors.ts';
import { askSecret } from './terminal.ts';

/** Asks for a passphrase. Neither an argument nor a variable can hold one: other programs see those. */
export type Ask = (prompt: string) => Promise<string>;

/** From the lines of an open file descriptor, one for each question; without one from the terminal, without echo. */
export function asking(fd: number | undefined): Ask {
  if (fd === undefined) return askSecret;
  let lines: Promise<string[]> | undefined;
  return async (prompt) => {
    lines ??= linesOf(fd);
    const line = (await lines).shift();
    if (line === undefined)
      throw unread(fd, `It has no further line for this: ${prompt.toLowerCase()}.`);
    return line;
  };
}

/** Room for two passphrases of the longest kind. */
const most = 20_100;

async function linesOf(fd: number): Promise<string[]> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of createReadStream('', { fd }) as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length > most) break;
    }
  } catch (error) {
    throw unread(fd, `It cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
  if (length > most) throw unread(fd, 'It holds more than two passphrases.');
  const text = decoded(fd, Buffer.concat(parts));
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

function decoded(fd: number, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unread(fd, 'It is no text in UTF-8.');
  }
}

const unread = (fd: number, why: string): LabError =>
  new LabError({
    kind: 'usage',
    problem: `No passphrase came from file descriptor ${fd}. ${why}`,
    remedy: 'Open it in the shell: --passphrase-fd 3 3<FILE, one passphrase on each line.',
  });
