/** Slurm on this machine, run by hand: munged, slurmctld and slurmd with everything that they keep in the test's folder. */
import { type ChildProcess, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { start } from './on-this-machine.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Starts it with one node of two cores; gives its configuration, which clients are told by SLURM_CONF. */
export async function slurm(folder: string): Promise<string> {
  const own = join(folder, 'slurm');
  for (const name of ['', 'state', 'spool', 'munge']) mkdirSync(join(own, name), { mode: 0o755 });
  const socket = join(own, 'munge/socket');
  const key = join(own, 'munge/key');
  writeFileSync(key, randomBytes(128), { mode: 0o600 });
  const conf = join(own, 'slurm.conf');
  const machine = hostname().split('.')[0]!;
  writeFileSync(
    conf,
    `ClusterName=test
SlurmctldHost=${machine}(127.0.0.1)
SlurmUser=root
SlurmctldPort=${await freePort()}
SlurmdPort=${await freePort()}
AuthType=auth/munge
AuthInfo=socket=${socket}
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
ReturnToService=2
StateSaveLocation=${own}/state
SlurmdSpoolDir=${own}/spool
SlurmctldPidFile=${own}/slurmctld.pid
SlurmdPidFile=${own}/slurmd.pid
SlurmctldLogFile=${own}/slurmctld.log
SlurmdLogFile=${own}/slurmd.log
NodeName=${machine} NodeAddr=127.0.0.1 CPUs=2 RealMemory=4096 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP
`,
  );
  writeFileSync(join(own, 'cgroup.conf'), 'CgroupPlugin=cgroup/v1\n');
  const files = ['key', 'pid', 'log', 'seed'].map(
    (name) => `--${name}-file=${join(own, 'munge', name)}`,
  );
  daemon(folder, 'munged', '--foreground', '--force', `--socket=${socket}`, ...files);
  await pause(1000);
  daemon(folder, 'slurmctld', '-D', '-f', conf);
  daemon(folder, 'slurmd', '-D', '-f', conf);
  await idle(conf, own);
  return conf;
}

function daemon(folder: string, command: string, ...args: string[]): ChildProcess {
  const child = start(folder, command, ...args);
  for (const stream of [child.stdout, child.stderr]) stream?.resume();
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    const closed = once(child, 'close');
    child.kill();
    await closed;
  });
  return child;
}

async function idle(conf: string, own: string): Promise<void> {
  const last = Date.now() + 30_000;
  for (;;) {
    try {
      const env = { ...process.env, SLURM_CONF: conf };
      const said = execFileSync('sinfo', ['--noheader', '--format', '%T'], { env, stdio: 'pipe' });
      if (String(said).trim() === 'idle') return;
    } catch {
      // It does not answer yet.
    }
    if (Date.now() > last) throw new Error(`Slurm has not come up: ${logs(own)}`);
    await pause(500);
  }
}

const logs = (own: string): string =>
  ['munge/log', 'slurmctld.log', 'slurmd.log']
    .map((name) => join(own, name))
    .filter((path) => existsSync(path))
    .map((path) => `\n${path}:\n${readFileSync(path, 'utf8')}`)
    .join('');
