import { Argument, type Command, InvalidArgumentError, Option } from 'commander';

export interface PassphraseOptions {
  /** Where passphrases are read, in place of a terminal. */
  readonly passphraseFd?: number;
}

/** Where trials are counted. */
export interface JournalOptions extends PassphraseOptions {
  readonly journal?: string;
  /** The former name of `journal`. */
  readonly ledger?: string;
}

const journalActions = ['encrypt', 'decrypt', 'rekey'] as const;
export type JournalAction = (typeof journalActions)[number];

const passphraseOption = (): Option =>
  new Option(
    '--passphrase-fd <number>',
    'read the journal’s passphrase from this file descriptor; without it the terminal asks',
  ).argParser((text: string) => {
    if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Give a whole number, such as 3.');
    return Number(text);
  });

/** A command that counts what it tries. */
export const counting = (
  command: Command,
  words = 'count trials across visits in this file',
): Command =>
  command
    .option('--journal <file>', words)
    .addOption(new Option('--ledger <file>').hideHelp())
    .addOption(passphraseOption());

export type JournalWork = (
  action: JournalAction,
  file: string,
  options: PassphraseOptions,
) => Promise<void>;

export function addJournalCommand(program: Command, work: JournalWork): void {
  program
    .command('journal')
    .description('encrypt a journal, decrypt it, or give it another passphrase (SQLCipher 4)')
    .addArgument(new Argument('<action>', 'what is done to it').choices(journalActions))
    .argument('<file>', 'the journal; `encrypt` begins one where there is none')
    .addOption(passphraseOption())
    .action(work);
}
