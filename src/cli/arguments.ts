import { Command, InvalidArgumentError, Option } from 'commander';
import { costPresets } from '../domain/costs-presets.ts';
import { budgets, searchMethods } from '../domain/study/validation.ts';
import { conventions } from '../domain/metrics/convention.ts';
import { cheats } from '../domain/validation/cheats/registry.ts';
import { version } from '../../package.json';
import { tableFormats } from '../domain/table-format.ts';
import { engineVersion } from '../domain/version.ts';
import { alerting } from './alert-options.ts';
import { type CalendarCommand, addCalendarCommand } from './calendar-arguments.ts';
import { onClusters } from './cluster/options.ts';
import { type FetchCommand, fetching } from './fetch-arguments.ts';
import { type JournalWork, addJournalCommand, counting } from './journal-options.ts';
import { type LiveCommands, addLiveCommands } from './live-arguments.ts';
import { type LogOptions, addLogOptions } from './log-options.ts';
import type {
  DataOptions,
  RunOptions,
  SearchOptions,
  WalkForwardOptions,
  AuditOptions,
  LinkOptions,
  VerifyOptions,
  ReportOptions,
  MetricsOptions,
} from './options.ts';
import { type MergeCommand, addMergeCommand } from './shards/arguments.ts';
import { sharding } from './shards/options.ts';
import { strict } from './strict.ts';

export interface Commands extends FetchCommand, CalendarCommand, LiveCommands, MergeCommand {
  check(files: readonly string[], options: DataOptions): Promise<void>;
  report(study: string, options: ReportOptions): Promise<void>;
  metrics(study: string, options: MetricsOptions): Promise<void>;
  link(study: string, options: LinkOptions): Promise<void>;
  verify(link: string, options: VerifyOptions): Promise<void>;
  run(study: string, options: RunOptions): Promise<void>;
  search(study: string, options: SearchOptions): Promise<void>;
  walkForward(study: string, options: WalkForwardOptions): Promise<void>;
  audit(study: string | undefined, options: AuditOptions): Promise<void>;
  /** null lists the names. */
  example(name: string | null): void;
  schema(): void;
  journal: JournalWork;
  /** Called before any of them. */
  before(command: string, options: LogOptions): void;
}

/** The command line: what it accepts and what --help says. */
export function parser(commands: Commands): Command {
  const program = new Command('outsample')
    .description('Backtests with honest fills: the same engine, numbers and digests as the page.')
    .version(`${version} (engine ${engineVersion})`)
    .exitOverride()
    .configureOutput({
      outputError: () => undefined, // `failure` tells them, in the form that standard error has.
      writeErr: (text) => {
        if (process.stderr.isTTY) process.stderr.write(text);
      },
    })
    .addHelpText(
      'after',
      `
Exit codes:
  0    done
  1    a fault inside Outsample
  2    arguments, a study, a link or a file that cannot be used; the message names place, value and remedy
  3    verify: the same data give a different result
  4    verify: the data are not the link’s
  130  interrupted

Standard error has progress and sentences in a terminal, and JSON lines elsewhere: {"progress": …}, {"note": …},
{"error": …, "message": …}. OUTSAMPLE_LOG=debug (info, warning, error, off) has the same effect as --log-level debug.

Examples:
  outsample example > study.json
  outsample example --list
  outsample run study.json
  outsample run study.json --costs retail-us --convention quantstats --all-metrics
  outsample example backtesting.py/sma-20-100-reverse > sma.json
  outsample run sma.json --data SP500.csv --convention backtesting.py
  outsample search study.json --vary entryThreshold=2:4:5 --vary /exits/stop=1,2,3
  outsample walk-forward study.json --vary entryThreshold=2:4:5 --cross-validation
  outsample audit study.json --journal trials.sqlite
  outsample journal encrypt trials.sqlite
  outsample check prices/ vix.csv
  outsample check https://example.org/prices.parquet
  outsample fetch wikimedia --symbols AAPL=Apple_Inc. --from 2016-01-01
  outsample calendar XNYS --at 2026-11-27T18:30Z
  outsample audit --demonstration same-bar-fill
  outsample search study.json --shard 1/4 --out shards
  outsample merge shards --out results
  outsample search study.json --on ray --address 10.0.0.1:6379 --out results
  outsample search study.json --returns trials.parquet
  outsample audit --returns trials.parquet
  outsample report study.json --out report.html
  outsample live study.json --replay
  outsample live study.json --data prices/ --journal live.sqlite
  outsample metrics study.json --port 9464 --every 300 --alert slack --journal trials.sqlite
  outsample link study.json --page https://example.org/outsample/
  outsample verify 'https://example.org/outsample/#s1.…' --data SP500.csv
  outsample run study.json --out results --format parquet
  outsample run study.json --data AAPL.csv MSFT.csv --macro vix.csv --out results --json`,
    );

  alerting(
    onData(program.command('run').description('run a study and print its summary')),
    'count the trial, and remember what was told, in this file',
  )
    .option(
      '--out <dir>',
      'write trades.csv, fills.csv, equity.csv, features.csv and study.json there',
    )
    .addOption(tableFormat())
    .option('--all-metrics', 'print every metric, by group, in place of the headline')
    .action((study: string, options: RunOptions) => commands.run(study, options));

  cutting(
    varying(onData(program.command('search').description('run a study over many parameter sets'))),
  )
    .option('--out <dir>', 'write trials.csv and best.json, the best trial’s study, there')
    .addOption(tableFormat())
    .option(
      '--returns <file>',
      'write the returns of all trials, dates × trials: .csv, .arrow or .parquet',
    )
    .action((study: string, options: SearchOptions) => commands.search(study, options));

  cutting(
    varying(
      onData(
        program
          .command('walk-forward')
          .description('choose parameters on training windows and run them on the windows after'),
      ),
    ),
  )
    .option('--cross-validation', 'combinatorial purged cross-validation too')
    .option('--learn', 'learned weights against the fixed ones too (Harvester)')
    .option('--out <dir>', 'write folds.csv, equity.csv and trades.csv there')
    .addOption(tableFormat())
    .action((study: string, options: WalkForwardOptions) => commands.walkForward(study, options));

  alerting(
    cutting(
      varying(
        onData(
          program
            .command('audit')
            .description(
              'examine a run: look-ahead, survivorship, costs, walk-forward, overfitting',
            ),
          '[study]',
        ),
      ),
    ),
  )
    .option('--out <dir>', 'with --shard: the folder that it is written to')
    .option('--no-search', 'without the parameter search, and what stands on it')
    .addOption(
      new Option('--demonstration <cheat>', 'audit a known cheat on a synthetic market').choices([
        'all',
        ...cheats.map(({ id }) => id),
      ]),
    )
    .option(
      '--returns <file>',
      'judge the trials of any program, without a study: a column of dates, and one of simple returns for each trial; CSV (also .gz), Arrow or Parquet',
    )
    .option('--risk-free <rate>', 'with --returns: a year, 0.02 for 2 %, taken off each', decimal)
    .option('--per-year <number>', 'with --returns: periods a year, if not as its dates', decimal)
    .option('--seed <number>', 'with --returns: of the resamples, 1 if not told', whole)
    .action((study: string | undefined, options: AuditOptions) => commands.audit(study, options));

  addMergeCommand(program, commands, (command) =>
    alerting(inWorkers(dataOptions(command, 'bars, where they are not as the shards say')))
      .option('--out <dir>', 'of a search or a walk-forward: write its files there')
      .addOption(tableFormat())
      .option('--returns <file>', 'of a search: write the returns of all trials'),
  );

  counting(
    varying(
      onData(
        program
          .command('report')
          .description(
            'run a study and write its report: one HTML file that opens and prints anywhere',
          ),
      ),
    ),
  )
    .option('--out <file>', 'the file, or - for standard output', 'report.html')
    .option('--audit', 'examine everything first, parameter search and walk-forward included')
    .option('--no-audit', 'examine nothing: the findings stay open')
    .option('--page <address>', 'the page that is to open the report’s link')
    .option('--no-link', 'without the link')
    .action((study: string, options: ReportOptions) => commands.report(study, options));

  alerting(
    inWorkers(
      onData(
        program
          .command('metrics')
          .description('run a study and write its Prometheus metrics, or serve them'),
      ),
    ),
  )
    .option('--out <file>', 'the file, or - for standard output, which is the default')
    .option('--port <number>', 'serve them under /metrics on this port; 0 takes a free one', whole)
    .option('--host <address>', 'the address to serve on, in place of 127.0.0.1')
    .option('--every <seconds>', 'while serving, read the data and run again so often', decimal)
    .option('--audit', 'examine the run too, for its findings')
    .action((study: string, options: MetricsOptions) => commands.metrics(study, options));

  counting(
    onData(
      program
        .command('link')
        .description('run a study and print a link that lets others verify it'),
    ),
    'count trials in this file; their number and variance travel along',
  )
    .option('--page <address>', 'the page that is to open the link; without it the part from # on')
    .option('--file <name>', 'write an .outsample file too, for runs that no link has room for')
    .option('--note <texts...>', 'remarks that travel along')
    .option('--no-names', 'leave the names of the files out')
    .action((study: string, options: LinkOptions) => commands.link(study, options));

  dataOptions(
    program
      .command('verify')
      .description('recompute a link’s run and say whether every bit is the same')
      .argument('<link>', 'the link, an .outsample file, or - for standard input'),
    'the link’s files in any order; without it the dataset, where it ships with Outsample',
  ).action((link: string, options: VerifyOptions) => commands.verify(link, options));

  dataOptions(
    program
      .command('check')
      .description('import files and say how they were understood, and what stands out in the bars')
      .argument('[files...]', 'files or folders, each read as what its columns say'),
    'bars, where the columns do not say so',
  ).action((files: readonly string[], options: DataOptions) => commands.check(files, options));

  fetching(program, commands);
  addCalendarCommand(program, commands);

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

  addLiveCommands(
    program,
    commands,
    (command) => alerting(onData(command), 'where every order is written down before it is sent'),
    (command) => counting(command, 'what is traded'),
  );

  addJournalCommand(program, commands.journal);

  for (const command of program.commands) {
    addLogOptions(command);
    strict(command);
    command.hook('preAction', () => {
      commands.before(command.name(), command.opts<LogOptions>());
    });
  }
  return program;
}

/** What Number makes of more than numbers: 0 of nothing, 16 of 0x10. */
const matching = (form: RegExp, wanted: string) => (text: string) => {
  if (!form.test(text)) throw new InvalidArgumentError(wanted);
  return Number(text);
};
const whole = matching(/^\d+$/, 'Give a whole number, such as 9464.');
const decimal = matching(/^\d+(\.\d+)?$/, 'Give a number, such as 300.');

/** Of the tables that --out has. */
const tableFormat = (): Option =>
  new Option('--format <name>', 'what the tables there are written as, in place of csv').choices(
    tableFormats,
  );

/** The study and its data, for every command that runs one. */
const onData = (command: Command, study = '<study>'): Command =>
  dataOptions(
    command.argument(
      study,
      'study file in JSON, or - for standard input; it needs only what differs from the defaults',
    ),
    'bars: CSV, TSV (also .gz, .zst), Excel, Parquet, Arrow or zip, or folders of them; without it the bundled default dataset',
  )
    .addOption(
      new Option(
        '--convention <name>',
        'whose definitions the metrics follow, in place of the study’s metrics.convention',
      ).choices(conventions),
    )
    .addOption(
      new Option(
        '--costs <preset>',
        'what a kind of trader pays, in place of the study’s costs',
      ).choices(costPresets.map(({ id }) => id)),
    );

/** Where the data are, and how the answer is printed. */
const dataOptions = (command: Command, data: string): Command =>
  command
    .option('--data <files...>', data)
    .option('--attention <files...>', 'attention series')
    .option('--macro <files...>', 'macro series: VIX, INDEX, OIL')
    .option('--universe <files...>', 'membership: symbol, from, to')
    .option(
      '--instruments <files...>',
      'contracts: symbol, multiplier, tick_size, lot_size, margin',
    )
    .option('--events <files...>', 'cash events: symbol, ex_date, dividend, split')
    .option('--detail <files...>', 'finer bars, which stops, targets and priced entries meet')
    .addOption(
      new Option('--date-order <order>', 'how dates such as 01/02/2024 are read').choices([
        'day-first',
        'month-first',
      ]),
    )
    .option(
      '--zone <name>',
      'where clocks show the times of bars, and the dates of values beside them: America/New_York, UTC, -05:00',
    )
    .option('--exchange <code>', 'whose sessions the bars belong to, such as XNYS; none: UTC days')
    .addOption(
      new Option('--stamp <end>', 'whether the time of a bar is its start or its end').choices([
        'start',
        'end',
      ]),
    )
    .option(
      '--closes-alone',
      'where files hold closes alone, each stands for its open, high and low (optimistic)',
    )
    .option('--map <file>', 'how files are read, in JSON by their names, as `check` prints it')
    .option('--raw-prices', 'prices as they stand, not scaled to an adjusted close beside them')
    .option('--json', 'print one JSON object instead of the summary');

/** Of the threads that simulate trials. */
const inWorkers = (command: Command): Command =>
  command.option(
    '--workers <number>',
    'threads that simulate parameter sets, in place of one for each core that memory has room for; 1 starts none',
    matching(/^[1-9]\d{0,2}$/, 'Give a whole number from 1 to 999.'),
  );

/** How the work is cut. */
const cutting = (command: Command): Command => onClusters(sharding(command));

/** What a search varies. */
const varying = (command: Command): Command =>
  inWorkers(command)
    .option(
      '--vary <setting=values...>',
      'entryThreshold=2:4:5 (from, to, steps) or /exits/stop=1,2,off; in place of the study’s validation.search',
    )
    .addOption(new Option('--method <name>', 'how parameter sets are drawn').choices(searchMethods))
    .option('--trials <number>', 'how many are drawn', whole)
    .addOption(
      new Option(
        '--budget <part>',
        'what successive halving gives the better sets more of',
      ).choices(budgets),
    );
