import type { Fix, LabErrorData } from '../domain/errors.ts';

/** A failure as the command tells it: ways on by the options that take them. */
export function told(data: LabErrorData): LabErrorData {
  const { fixes = [], place } = data;
  if (fixes.length === 0) return data;
  const ways = fixes.map((fix) => `${fix.label}: ${optionOf(fix, place?.file ?? '*')}.`);
  return { ...data, remedy: [data.remedy, ...ways].filter((part) => part !== undefined).join(' ') };
}

function optionOf({ reading }: Fix, file: string): string {
  if (reading.dateOrder !== undefined) return `--date-order ${reading.dateOrder}`;
  if (reading.role !== undefined) return `--${reading.role} ${file}`;
  if (reading.exchange !== undefined) return `--exchange ${reading.exchange}`;
  if (reading.zone !== undefined) return `--zone ${reading.zone}`;
  if (reading.closesAlone === true) return '--closes-alone';
  const base = file.split(/[/\\]/).at(-1) ?? file;
  return `--map FILE, which says ${JSON.stringify({ [base]: reading })}`;
}
