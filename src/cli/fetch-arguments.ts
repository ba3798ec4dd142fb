import type { Command } from 'commander';

/** What data are fetched with. */
export interface FetchOptions {
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  /** name=value, of the source. */
  readonly option?: readonly string[];
  readonly keyFile?: string;
  /** Called in place of the source’s own origin. */
  readonly base?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export interface FetchCommand {
  fetch(source: string | undefined, options: FetchOptions): Promise<void>;
}

/** The command `fetch`. */
export function fetching(program: Command, commands: FetchCommand): void {
  program
    .command('fetch')
    .description('fetch data from a source or an address, and write them with where they are from')
    .argument(
      '[source]',
      'a source, an address, or one with {symbol}, {from}, {to}; none lists them',
    )
    .option(
      '--symbols <names...>',
      'what is wanted; AAPL=Apple_Inc. gives the source’s name another',
    )
    .option('--from <date>', 'first date, such as 2015-01-01')
    .option('--to <date>', 'last date; today, if not told')
    .option('--option <name=value...>', 'what else the source asks')
    .option('--key-file <file>', 'where its keys are, in place of environment variables')
    .option('--base <address>', 'called in place of the source: a mirror or a proxy')
    .option('--out <file>', 'the file (with {symbol} the folder), in place of a name of its own')
    .option('--force', 'replace a file that is there and differs')
    .option('--json', 'print where the files are from as JSON')
    .action((source: string | undefined, options: FetchOptions) => commands.fetch(source, options));
}
