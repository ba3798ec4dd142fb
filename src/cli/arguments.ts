import { Command, CommanderError, Option } from 'commander';
import { costPresets } from '../domain/costs-presets.ts';
import { LabError } from '../domain/errors.ts';
import { type Convention, conventions } from '../domain/metrics/convention.ts';
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
  readonly convention?: Convention;
  /** Name of a preset. */
  readonly costs?: string;
  readonly allMetrics?: boolean;
}

export interface Commands {
  run(study: string, options: RunOptions): Promise<void>;
  /** null lists the names. */
  example(name: string | null): void;
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
  outsample example --list
  outsample run study.json
  outsample run study.json --costs retail-us --convention quantstats --all-metrics
  outsample example backtesting.py/sma-20-100-reverse > sma.json
  outsample run sma.json --data SP500.csv --convention backtesting.py
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
    .addOption(
      new Option(
        '--convention <name>',
        'whose definitions the metrics follow, in place of the study’s metrics.convention',
      ).choices(conventions),
    )
    .option('--all-metrics', 'print every metric, by group, in place of the headline')
    .addOption(
      new Option(
        '--costs <preset>',
        'what a kind of trader pays, in place of the study’s costs',
      ).choices(costPresets.map(({ id }) => id)),
    )
    .option('--json', 'print one JSON object instead of the summary')
    .action((study: string, options: RunOptions) => commands.run(study, options));

  program
    .command('example')
    .description(
      'print a complete study: a strategy’s sample, or one that another program’s runs are compared with',
    )
    .argument('[name]', 'strategy or named example', 'harvester')
    .option('--list', 'print the names instead')
    .action((name: string, { list }: { readonly list?: boolean }) => {
      commands.example(list ? null : name);
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
