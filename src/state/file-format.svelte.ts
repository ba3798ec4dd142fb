import { type TableFormat, tableFormats } from '../domain/table-format.ts';
import { keep, kept } from './kept.ts';

/** What tables are saved as, wherever a page offers more than one: the person’s last choice. */
class FileFormat {
  #chosen = $state<TableFormat>(tableFormats.find((one) => one === kept('format')) ?? 'csv');

  get chosen(): TableFormat {
    return this.#chosen;
  }
  set chosen(format: TableFormat) {
    this.#chosen = format;
    keep('format', format);
  }
}

export const fileFormat = new FileFormat();
