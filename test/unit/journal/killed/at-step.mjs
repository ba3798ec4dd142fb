// Loaded before a writer: its step number AT_STEP on the file system, from 1, ends the process (KILL) or fails for want of
// room (FULL). Of what is to be written then, half is. The number of steps is printed at the end.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env['AT_STEP']);
const kills = process.env['HOW'] === 'KILL';
let steps = 0;

/** Whether this is the step that fails. */
function isTold() {
  if (++steps !== at) return false;
  if (kills) process.kill(process.pid, 'SIGKILL');
  return true;
}
const full = () => Object.assign(new Error('No room.'), { code: 'ENOSPC', syscall: 'write' });

function wrap(holder, name) {
  const work = holder[name];
  holder[name] = async function (...given) {
    if (name === 'writeFile' && steps + 1 === at) {
      const content = Buffer.from(given.at(-1));
      await work.call(this, ...given.slice(0, -1), content.subarray(0, content.length / 2));
    }
    if (isTold()) throw full();
    return work.apply(this, given);
  };
}
function wrapCallback(name) {
  const work = fs[name];
  fs[name] = function (...given) {
    if (isTold()) given.at(-1)(full());
    else work.apply(this, given);
  };
}

const file = await fs.promises.open(process.argv[1]);
const methods = Object.getPrototypeOf(file);
await file.close();
for (const name of ['chmod', 'sync', 'close']) wrap(methods, name);
for (const name of ['stat', 'realpath', 'readFile', 'access', 'open', 'writeFile'])
  wrap(fs.promises, name);
for (const name of ['chown', 'readdir', 'rename', 'rm']) wrap(fs.promises, name);
for (const name of ['mkdir', 'utimes', 'rmdir']) wrapCallback(name);
syncBuiltinESMExports();
process.on('exit', () => process.stdout.write(`${steps}`));
