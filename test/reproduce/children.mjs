import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const most = 2000;

/**
 * The processes of one engine: a folder for what they leave, the end of what they complain of, and an end to them all, at
 * the latest with this one.
 */
export class Children {
  /** @type {import('node:child_process').ChildProcess[]} */
  #all = [];
  #said = '';
  folder = mkdtempSync(join(tmpdir(), 'outsample-engine-'));
  env = { ...process.env, TMPDIR: this.folder };

  constructor() {
    process.on('exit', () => this.stop());
  }

  /** Its fourth stream is a pipe, for what it has to tell. */
  start(command, args, env = {}) {
    const child = spawn(command, args, {
      detached: true, // A group of its own: its children end with it.
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      env: { ...this.env, ...env },
    });
    return this.adopt(child);
  }

  /** @param {import('node:child_process').ChildProcess} child the leader of its group */
  adopt(child) {
    this.#all.push(child);
    child.on('error', (error) => this.#hear(String(error)));
    child.stderr?.on('data', (text) => this.#hear(text));
    return child;
  }

  #hear(text) {
    this.#said = `${this.#said}${text}`.slice(-most);
  }

  get said() {
    return this.#said.trim();
  }

  /** Throws where one has ended. */
  check() {
    for (const { exitCode, signalCode, spawnfile } of this.#all) {
      if (exitCode !== null || signalCode !== null)
        throw new Error(`${spawnfile} ended (${signalCode ?? `code ${exitCode}`}).`);
    }
  }

  stop() {
    for (const { pid } of this.#all.splice(0)) {
      try {
        if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
