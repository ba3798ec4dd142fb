import type { LabClient } from '../../src/wire/lab-client.ts';

/** The calls that studies are put to; in a page the product's own client answers them. */
export type Lab = Pick<
  LabClient,
  | 'importFiles'
  | 'run'
  | 'exportRun'
  | 'evidence'
  | 'report'
  | 'breakEven'
  | 'lookAhead'
  | 'survivorship'
  | 'search'
  | 'overfitting'
  | 'walkForward'
  | 'crossValidate'
  | 'learn'
>;
