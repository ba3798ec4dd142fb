import { Command, CommanderError, Option } from 'commander';
import { LabError } from '../domain/errors.ts';
import { engineVersion } from '../domain/version.ts';
import type { DateOrder } from '../protocol/lab.ts';

export interface RunOptions {
  readonly data?: readonly string[];
  readonly attention?: readonly string[];
  readonly macro?: readonly string[];
  readonly universe?: readonly string[];
  readonly dateOrder?: DateOrder;
  readonly out?: string;
  readonly json?: boolean;
}

export interface Commands {
  run(study: string, options: RunOptions): Promise<void>;
  example(strategy: string | undefined): void;
  schema(): void;
}

/** The command line: what it accepts and what --help says. */
export function parser(commands: Commands): Command {
  const program = new Command('outsample')
    .description('Backtests with honest fills: the same engine, numbers and digests as the page.')
    .version(engineVersion)
    .exitOverride()
    .addHelpText(
      'after',
      `
Exit codes:
  0    done
  1    a fault inside Outsample
  2    arguments, a study or a file that cannot be used; the message names place, value and remedy
  130  interrupted

Examples:
  outsample example > study.json
  outsample run study.json
  outsample run study.json --data AAPL.csv MSFT.csv --macro vix.csv --out results --json`,
    );

  program
    .command('run')
    .description('run a study and print its summary')
    .argument(
      '<study>',
      'study file in JSON, or - for standard input; it needs only what differs from the defaults',
    )
    .option(
      '--data <files...>',
      'bars: CSV, TSV (also .gz) or Arrow, or folders of them; without it the bundled default dataset',
    )
    .option('--attention <files...>', 'attention series')
    .option('--macro <files...>', 'macro series: VIX, INDEX, OIL')
    .option('--universe <files...>', 'membership: symbol, from, to')
    .addOption(
      new Option('--date-order <order>', 'how dates such as 01/02/2024 are read').choices([
        'day-first',
        'month-first',
      ]),
    )
    .option('--out <dir>', 'write trades.csv, equity.csv, features.csv and study.json there')
    .option('--json', 'print one JSON object instead of the summary')
    .action((study: string, options: RunOptions) => commands.run(study, options));

  program
    .command('example')
    .description('print a complete study that runs on the bundled default dataset')
    .argument('[strategy]', 'strategy to print it for', 'harvester')
    .action((strategy: string) => {
      commands.example(strategy);
    });

  program
    .command('schema')
    .description('print the JSON Schema of a study')
    .action(() => {
      commands.schema();
    });

  for (const command of program.commands) command.exitOverride();
  return program;
}

/** The exit code an error deserves, and what to say about it on stderr (nothing where it has been said). */
export function failure(error: unknown): { code: number; message: string } {
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? 0 : 2, message: '' };
  if (error instanceof LabError) {
    const { kind } = error.data;
    const code = kind === 'cancelled' ? 130 : kind === 'engine' ? 1 : 2;
    const sql = kind === 'engine' && error.data.sql !== undefined ? `\n\n${error.data.sql}` : '';
    return { code, message: `outsample: ${error.message}${sql}` };
  }
  return {
    code: 1,
    message: `outsample: something broke inside: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  };
}
