import type { FileTable } from '../../domain/file-table.ts';
import type { Finding } from '../../domain/validation/finding.ts';
import { fileTable } from '../file-table.ts';
import { ofList } from './table.ts';

const columns = ofList<Finding>([
  { id: 'id', title: 'Id', unit: 'text', cell: ({ id }) => id },
  { id: 'level', title: 'Level', unit: 'text', cell: ({ level }) => level },
  { id: 'finding', title: 'Finding', unit: 'text', cell: ({ title }) => title },
  { id: 'text', title: 'Found', unit: 'text', cell: ({ text }) => text },
  { id: 'threshold', title: 'Threshold', unit: 'text', cell: ({ threshold }) => threshold },
  { id: 'source', title: 'Source', unit: 'text', cell: ({ source }) => source },
  { id: 'change', title: 'What would change it', unit: 'text', cell: ({ change }) => change },
]);

/** A file of findings: one line for each finding, in their order. */
export const findingsTable = (findings: readonly Finding[]): FileTable =>
  fileTable(columns, findings, findings.length);
