import { LabError } from '../domain/errors.ts';
import type { OnProgress } from '../wire/lab.ts';
import type { LogLine } from '../wire/log/line.ts';
import { visible } from '../present/visible.ts';

/** The only place that writes to the standard streams. */

/** The answer in words. Each line is one, whatever the names in it hold. */
export const print = (lines: readonly string[]): void => {
  process.stdout.write(`${lines.map(visible).join('\n')}\n`);
};

/** The answer as one JSON object. Typed arrays are lists, NaN is null. */
export const printJson = (value: unknown): void => {
  const text = JSON.stringify(
    value,
    (_, one: unknown) =>
      ArrayBuffer.isView(one) ? Array.from(one as unknown as Iterable<number>) : one,
    2,
  );
  print(text.split('\n')); // What is escaped stands in strings, where JSON has the same escapes.
};

/** The answer as a file’s text, byte for byte unless a person is to read it. */
export const printFile = (text: string): void => {
  process.stdout.write(process.stdout.isTTY ? text.split('\n').map(visible).join('\n') : text);
};

/**
 * A sentence for the person: in a terminal as it is; for a program that reads standard error as a JSON line, like
 * everything there.
 */
export const say = (text: string): void => {
  write([text], { note: text });
};
/** What went wrong, with its facts. */
export const sayError = (lines: readonly string[], facts: object): void => {
  write(lines, { error: facts, message: lines.join('\n') });
};

const write = (lines: readonly string[], line: object): void => {
  const shown = process.stderr.isTTY ? lines : [JSON.stringify(line)];
  process.stderr.write(`${shown.map(visible).join('\n')}\n`);
};

/** Asks for a secret in a terminal, without showing it. */
export async function askSecret(prompt: string): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new LabError({
      kind: 'usage',
      problem: 'A passphrase is wanted, and there is no terminal to ask in.',
      remedy: 'Give it on a file descriptor: --passphrase-fd 3 3<FILE.',
    });
  clearProgress();
  const { read } = await import('read');
  const asked = read({ prompt: `${visible(prompt)}: `, silent: true, output: process.stderr });
  return asked.catch(() => {
    throw new LabError({ kind: 'cancelled', problem: 'No passphrase was given.' });
  });
}
/** Asks for a line in a terminal, which is shown as it is typed. */
export async function askPlain(prompt: string): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY)
    throw new LabError({
      kind: 'usage',
      problem: 'A confirmation is wanted, and there is no terminal to ask in.',
      remedy: 'Give the number of the account with --account.',
    });
  clearProgress();
  const { read } = await import('read');
  return read({ prompt: `${visible(prompt)}: `, output: process.stderr }).catch(() => {
    throw new LabError({ kind: 'cancelled', problem: 'Nothing was confirmed.' });
  });
}
/** A line of the log: in a terminal its time, level, who and what. */
export const sayLog = (line: string): void => {
  const log = JSON.parse(line) as LogLine;
  const { time, level, module, message, run, phase, ms, facts } = log;
  const parts = [time.slice(11, 23), level, module, run, message, phase];
  const rest = [ms === undefined ? undefined : `${ms} ms`, facts && JSON.stringify(facts)];
  clearProgress();
  write([[...parts, ...rest].filter((part) => part !== undefined).join(' ')], { log });
};

/** A line that is written over in a terminal, else a JSON line for every twentieth. */
export const onProgress: OnProgress = ({ phase, label, ratio }) => {
  if (process.stderr.isTTY) {
    const percent = String(Math.round(ratio * 100)).padStart(3);
    process.stderr.write(`\r\x1b[K${percent} % ${visible(label)}`);
    return;
  }
  const step = `${phase} ${Math.floor(ratio * 20)}`;
  if (step === lastStep) return;
  lastStep = step;
  write([], { progress: { phase, label, ratio } });
};
let lastStep = '';

export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
}

/**
 * A reader that has had enough (`… | head`) ends nothing: the work is done, its code is the answer’s. An answer that
 * cannot be written is told, with code 2. Nobody can be told that standard error is closed.
 */
export function guardStreams(): void {
  process.on('SIGXFSZ', () => undefined); // A file beyond what the shell allows is then an error like a full disk.
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', ({ code = 'unknown error' }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return;
    const problem = `The answer could not be written to standard output (${code}).`;
    const remedy = 'Give it a place with room.';
    if (process.exitCode !== 2)
      sayError([`outsample: ${problem} ${remedy}`], { kind: 'usage', problem, remedy });
    process.exitCode = 2;
  });
}
