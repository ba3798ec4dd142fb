import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Guards, defaultGuards } from '../domain/live/guards.ts';
import type { AlertOptions } from './alert-options.ts';
import type { JournalOptions } from './journal-options.ts';
import type { StudyOptions } from './options.ts';

/** How a broker's account is reached. */
export interface BrokerOptions extends JournalOptions {
  readonly broker: string;
  readonly real?: boolean;
  /** Of the account, typed by the person: real money asks for it. */
  readonly account?: string;
  readonly currency: string;
  readonly secrets?: string;
}

export interface LiveOptions extends StudyOptions, AlertOptions, BrokerOptions {
  readonly replay?: number | true;
  readonly drift?: boolean;
  readonly out?: string;
  readonly send?: boolean;
  readonly once?: boolean;
  readonly every: number;
  readonly unproven?: string;
  readonly resume?: boolean;
  readonly port?: number;
  readonly bars?: 'files' | 'broker';
  readonly length: string;
  readonly symbols?: readonly string[];
  readonly from?: string;
  readonly mostPerOrder?: number;
  readonly mostPerDay?: number;
  readonly mostPerPosition?: number;
  readonly mostExposure?: number;
  readonly ordersPerMinute?: number;
  readonly priceBand?: number;
  readonly dataAge?: number;
  readonly clockSkew?: number;
  readonly dailyLoss?: number;
}

export interface HaltOptions extends BrokerOptions {
  readonly flatten?: boolean;
}

export interface LiveCommands {
  live(study: string, options: LiveOptions): Promise<void>;
  halt(options: HaltOptions): Promise<void>;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value))
    throw new InvalidArgumentError('Give a number above 0.');
  return value;
}

const brokered = (command: Command): Command =>
  command
    .option(
      '--broker <name>',
      'paper (the simulator itself), alpaca, or ccxt: and an exchange, such as ccxt:binance',
      'paper',
    )
    .option(
      '--real',
      'the account with real money, in place of the broker’s paper account or sandbox',
    )
    .option('--account <number>', 'the number of the account, which real money asks for')
    .option('--currency <code>', 'what an exchange’s account is counted in', 'USDT');

/** `live` and `halt`; `study` makes a command that takes data, a journal and alerts. */
export function addLiveCommands(
  program: Command,
  commands: LiveCommands,
  study: (command: Command) => Command,
  journalled: (command: Command) => Command,
): void {
  const amount = (flag: string, words: string): Option =>
    new Option(flag, words).argParser(positive);
  brokered(study(program.command('live')))
    .description('trade a study: on paper, or at a broker; dry unless --send')
    .addOption(
      new Option(
        '--replay [steps]',
        'feed the last steps of the data (250) through the live path and hold it to the backtest',
      ).argParser(positive),
    )
    .option(
      '--drift',
      'hold the market’s fills to those that the simulator would have booked; sends nothing',
    )
    .option('--out <dir>', 'with --drift: write drift.csv and calibrated.json, a study, there')
    .option('--send', 'send orders to the broker; without it they are written down and told')
    .option('--once', 'look once, and end')
    .addOption(amount('--every <seconds>', 'time between looks').default(60))
    .option(
      '--unproven <why>',
      'trade although the study was not examined and passed; it is recorded',
    )
    .option('--resume', 'trade on after a halt')
    .addOption(amount('--port <number>', 'serve gauges for Prometheus there'))
    .addOption(
      new Option('--bars <from>', 'where completed bars come from').choices(['files', 'broker']),
    )
    .addOption(
      new Option('--length <length>', 'of the broker’s bars')
        .choices(['1m', '5m', '15m', '1h', '1d'])
        .default('1d'),
    )
    .option('--symbols <names...>', 'of the broker’s bars')
    .option('--from <date>', 'first date of the broker’s bars: features need a past')
    .addOption(amount('--most-per-order <currency>', 'guard: value of one order'))
    .addOption(amount('--most-per-day <currency>', 'guard: value of all entries of a day'))
    .addOption(amount('--most-per-position <currency>', 'guard: value of one position'))
    .addOption(amount('--most-exposure <ratio>', 'guard: all positions, as a share of equity'))
    .addOption(
      amount('--orders-per-minute <number>', 'guard: orders sent within a minute').default(
        defaultGuards.ordersPerMinute,
      ),
    )
    .addOption(
      amount('--price-band <ratio>', 'guard: an entry’s price from the last close').default(
        defaultGuards.priceBand,
      ),
    )
    .addOption(
      amount('--data-age <seconds>', 'guard: how late a bar may be').default(defaultGuards.dataAge),
    )
    .addOption(
      amount('--clock-skew <seconds>', 'guard: the broker’s clock beside ours').default(
        defaultGuards.clockSkew,
      ),
    )
    .addOption(amount('--daily-loss <ratio>', 'guard: a day’s loss that halts trading'))
    .action((path: string, options: LiveOptions) => commands.live(path, options));
  brokered(journalled(program.command('halt')))
    .description('stop trading: cancel all orders of ours, and flatten positions where asked')
    .option('--flatten', 'close all positions of ours at the market')
    .option('--secrets <file>', 'read keys from a file of NAME=value that others may not read')
    .action((options: HaltOptions) => commands.halt(options));
}

/** What the options make of the guards. */
export const guardsOf = (options: LiveOptions): Guards => ({
  orderValue: options.mostPerOrder ?? null,
  dailyTurnover: options.mostPerDay ?? null,
  positionValue: options.mostPerPosition ?? null,
  grossExposure: options.mostExposure ?? null,
  ordersPerMinute: options.ordersPerMinute ?? defaultGuards.ordersPerMinute,
  priceBand: options.priceBand ?? defaultGuards.priceBand,
  dataAge: options.dataAge ?? defaultGuards.dataAge,
  clockSkew: options.clockSkew ?? defaultGuards.clockSkew,
  dailyLoss: options.dailyLoss ?? null,
});
