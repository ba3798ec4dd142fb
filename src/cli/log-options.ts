import { type Command, Option } from 'commander';
import { type LogChoice, logLevels } from '../wire/log/levels.ts';

/** Every command takes them. */
export interface LogOptions {
  /** File that the log goes to, in place of standard error. */
  readonly log?: string;
  readonly logLevel?: LogChoice;
}

export function addLogOptions(command: Command): void {
  command
    .option('--log <file>', 'write a log there, JSON by lines; it is set aside at 4 MiB')
    .addOption(
      new Option(
        '--log-level <level>',
        'log from this level on; without --log on standard error',
      ).choices(logLevels),
    );
}
