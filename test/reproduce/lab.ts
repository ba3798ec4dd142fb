import type { CallLab } from '../../src/wire/lab.ts';

/** What studies are put to; in a page the product's own client answers. */
export interface Lab {
  readonly call: CallLab;
}
