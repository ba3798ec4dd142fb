import { lstatSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { LabError } from '../domain/errors.ts';
import { dataInputs } from './options.ts';

/**
 * Refuses what a command line says by a slip: an empty value (of a variable that is not set, say), a value given twice, of
 * which one would not count, and results in place of what they are made from.
 */
export function strict(command: Command): void {
  const given = new Map<string, string>();
  for (const option of command.options) {
    const flag = option.long ?? option.flags;
    command.on(`option:${option.name()}`, (value: string | null) => {
      if (value?.trim() === '') throw empty(flag);
      const name = option.attributeName();
      const before = given.get(name);
      const isAgain = before === flag ? option.required && !option.variadic : before !== undefined;
      if (isAgain) throw twice(flag, before ?? flag);
      given.set(name, flag);
    });
  }
  command.hook('preAction', () => {
    command.args.forEach((argument, i) => {
      if (argument.trim() === '') throw empty(command.registeredArguments[i]?.name() ?? 'argument');
    });
    refuseOverwriting(command);
  });
}

const empty = (name: string): LabError =>
  usage(`${name} is empty.`, 'Give it a value; the variable that was to hold it may not be set.');

const twice = (flag: string, before: string): LabError =>
  flag === before
    ? usage(`${flag} is given twice.`, 'Leave one out.')
    : usage(`${before} and ${flag} exclude each other.`, 'Leave one out.');

const usage = (problem: string, remedy: string, file?: string): LabError =>
  new LabError({ kind: 'usage', problem, remedy, ...(file !== undefined && { place: { file } }) });

const inputs = [...dataInputs, 'map'];
const outputs = ['out', 'file', 'journal', 'ledger', 'log'];
/** What one command reads and another writes. */
const roles: Readonly<
  Record<string, { readonly read?: readonly string[]; readonly written?: readonly string[] }>
> = {
  audit: { read: ['returns'] },
  search: { written: ['returns'] },
  merge: { written: ['returns'] },
};

/** One file for two of a command’s results, or for one and what it is made from. */
function refuseOverwriting(command: Command): void {
  const options = command.opts<Readonly<Record<string, string | readonly string[] | undefined>>>();
  const { read, written } = roles[command.name()] ?? {};
  const taken = new Set(
    [...command.args, ...[...inputs, ...(read ?? [])].flatMap((name) => options[name] ?? [])].map(
      placeOf,
    ),
  );
  for (const name of [...outputs, ...(written ?? [])]) {
    for (const path of [options[name] ?? []].flat()) {
      if (path === '-' || isNoFile(placeOf(path))) continue;
      if (taken.has(placeOf(path)))
        throw usage(
          'The same command reads or writes this file otherwise.',
          `Give --${name} another path.`,
          path,
        );
      taken.add(placeOf(path));
    }
  }
}

/** A folder, say, whose files are not known here; or a device, which keeps nothing. */
function isNoFile(place: string): boolean {
  try {
    return !lstatSync(place).isFile();
  } catch {
    return false;
  }
}

function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
