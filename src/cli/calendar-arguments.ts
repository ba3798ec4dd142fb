import type { Command } from 'commander';

/** Of which time the calendar is asked. */
export interface CalendarOptions {
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

export interface CalendarCommand {
  calendar(exchange: string | undefined, options: CalendarOptions): void;
}

/** The command `calendar`. */
export function addCalendarCommand(program: Command, commands: CalendarCommand): void {
  program
    .command('calendar')
    .description('say whether an exchange is open, since and until when, and its sessions')
    .argument('[exchange]', 'its code, such as XNYS, or another name; none lists the exchanges')
    .option(
      '--at <instant>',
      'at this time, in place of now: 2026-11-27T18:30Z, "2026-11-27 13:30 America/New_York", or seconds since 1970',
    )
    .option('--from <date>', 'list the sessions from this date on, such as 2026-01-01')
    .option('--to <date>', 'up to this date; a week, if not told')
    .option('--json', 'print one JSON object instead')
    .action((exchange: string | undefined, options: CalendarOptions) => {
      commands.calendar(exchange, options);
    });
}
