/** The command as a real process, and what must hold of whatever it does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FSWatcher, openSync, closeSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabErrorData } from '../../src/domain/errors.ts';
import type { Outcome } from './attack.ts';
import { mostMemory, mostOfCore, patient } from './patience.mjs';
import {
  anySlipIn,
  failed,
  refusal,
  refused,
  right,
  slipIn,
  tooLarge,
  tooLong,
} from './outcome.ts';

/** Seconds of the wall’s clock after which a process hangs. */
const patience = 25;

/** Makes the process say on descriptor 3, at its end, what it took. */
const meter = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeSync(3, JSON.stringify({ memory: maxRSS * 1024, seconds: (userCPUTime + systemCPUTime) / 1e6 }));
  });
`)}`;

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly hung: boolean;
  readonly out: string;
  readonly err: string;
  /** null where it was killed. */
  readonly took: { readonly memory: number; readonly seconds: number } | null;
}

export interface Surroundings {
  /** Of standard input; without it, that is empty. */
  readonly input?: string | Uint8Array;
  /** A file or device as standard output, or an end that nobody reads. */
  readonly stdout?: string;
  /** Told the running process’s way to kill it. */
  readonly onStart?: (kill: () => void) => FSWatcher | undefined;
}

/** Runs `outsample` with these arguments to its end. */
export async function outsample(
  args: readonly string[],
  around: Surroundings = {},
): Promise<Ended> {
  const { input = '', stdout, onStart } = around;
  const device = stdout === undefined || stdout === 'closed' ? null : openSync(stdout, 'w');
  const program = [
    '--max-old-space-size=2048',
    '--import',
    meter,
    join(process.cwd(), 'bin/outsample.mjs'),
  ];
  const child = spawn(process.execPath, [...program, ...args], {
    stdio: ['pipe', device ?? 'pipe', 'pipe', 'pipe'],
  });
  if (device !== null) closeSync(device);
  const said = [1, 2, 3].map((i) => {
    const stream = child.stdio[i] as NodeJS.ReadableStream | null;
    const heard = { text: '' };
    stream?.setEncoding('utf8').on('data', (text: string) => (heard.text += text));
    return heard;
  });
  if (stdout === 'closed') child.stdout?.destroy();
  child.stdin?.on('error', () => undefined); // It need not read what it is given.
  child.stdin?.end(input);
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  const watcher = onStart?.(kill);
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    kill();
  }, patient(patience));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  process.off('exit', kill);
  watcher?.close();
  const [out, err, metered] = said.map(({ text }) => text) as [string, string, string];
  const took = metered === '' ? null : (JSON.parse(metered) as Ended['took']);
  return { code, signal, hung, out, err, took };
}

/* eslint-disable-next-line no-control-regex -- what a terminal obeys */
const obeyed = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

/** Whether a process ended as documented; `codes` are those of a result beside 0. */
export function judged(
  { code, hung, out, err, took }: Ended,
  codes: readonly number[] = [0],
): Outcome {
  if (hung) return failed(`It hung for ${patience} s.`);
  if (took !== null && took.seconds > mostOfCore()) return failed(tooLong);
  if (took !== null && took.memory > mostMemory) return failed(tooLarge);
  if (obeyed.test(out) || obeyed.test(err))
    return failed(`It says characters that a terminal obeys: ${err.slice(-300)}`);
  const messages = linesOf(err);
  const slip = anySlipIn(messages.map(({ message, note }) => message ?? note ?? '').join('\n'));
  if (slip !== null) return failed(slip);
  if (code !== null && codes.includes(code)) {
    const inside = slipIn(out);
    return inside === null ? right : failed(inside);
  }
  if (code !== 2) return failed(`Its exit code is ${code ?? 'none'}: ${err.slice(-600)}`);
  if (out !== '')
    return failed(`It was refused, and says on standard output: ${out.slice(0, 200)}`);
  const last = messages.findLast(
    ({ error, message }) => error !== undefined || message !== undefined,
  );
  if (last === undefined) return failed(`It does not say why: ${err.slice(-300)}`);
  return last.error === undefined
    ? refused
    : refusal(last.error, 'import', 'study', 'data', 'usage', 'link', 'network');
}

interface Line {
  readonly error?: LabErrorData;
  readonly message?: string;
  readonly note?: string;
}

/** Standard error’s lines of JSON, and lines of the parser of arguments as messages. */
function linesOf(err: string): Line[] {
  return err.split('\n').flatMap((line): Line[] => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as Line];
    } catch {
      return [{ message: line }];
    }
  });
}

/** A small market and a bare study in a folder. */
export function filesIn(folder: string, market: string): { study: string; data: string } {
  const study = join(folder, 'study.json');
  const data = join(folder, 'bars.csv');
  writeFileSync(
    study,
    '{"strategy": {"id": "moving-average-cross", "parameters": {"fast": 3, "slow": 8}}}',
  );
  writeFileSync(data, market);
  return { study, data };
}
