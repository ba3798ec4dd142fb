/** Runs commands as named steps: what verify.mjs and check.mjs share. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs every step, whatever became of those before it, and returns the names of the failed.
 * Where several run at once, each one's output is held back until it ends.
 * @param {[name: string, command: string][]} steps
 */
export async function run(steps, atOnce = 1) {
  const queue = [...steps];
  /** @type {string[]} */
  const failed = [];
  const work = async () => {
    for (let step = queue.shift(); step; step = queue.shift())
      if (!(await succeeds(step, atOnce > 1))) failed.push(step[0]);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed;
}

async function succeeds([name, command], held) {
  const started = Date.now();
  const title = `\n— ${name}\n`;
  if (!held) process.stdout.write(title);
  const output = held ? 'pipe' : 'inherit';
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) },
  });
  let said = title;
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => (said += text));
  const [status, signal] = await once(child, 'close');
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (held) process.stdout.write(said);
  console.log(
    status === 0
      ? `✓ ${name}: ${seconds} s`
      : `✗ ${name}: ${seconds} s, exit code ${status ?? signal}`,
  );
  return status === 0;
}
