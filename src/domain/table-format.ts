/** What a table is written as, which is the ending of its file too. */
export const tableFormats = ['csv', 'parquet', 'arrow'] as const;
export type TableFormat = (typeof tableFormats)[number];
