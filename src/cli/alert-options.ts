import { type Command, Option } from 'commander';
import { type Channel, channels } from '../domain/monitoring/channels.ts';
import { counting } from './journal-options.ts';

/** Who is told of what a run calls for. */
export interface AlertOptions {
  readonly alert?: readonly Channel[];
  /** File of what the channels need, in place of the environment. */
  readonly secrets?: string;
}

/** A command that tells, and remembers in a journal what it told. */
export const alerting = (command: Command, words?: string): Command =>
  counting(command, words)
    .addOption(
      new Option(
        '--alert <channels...>',
        'tell there of drawdown levels, the kill-switch, red findings, long runs and failures, each once where --journal remembers it; addresses are in OUTSAMPLE_SLACK, …_DISCORD, …_NTFY, …_WEBHOOK (and …_WEBHOOK_KEY), …_TELEGRAM (the token) and …_TELEGRAM_CHAT',
      ).choices(channels),
    )
    .option('--secrets <file>', 'read these from a file of NAME=value that others may not read');
