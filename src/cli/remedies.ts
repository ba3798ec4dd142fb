import { counted } from '../present/format.ts';
import type { Fix, LabErrorData } from '../domain/errors.ts';

/** A failure as the command tells it: ways on by the options that take them. */
export function told(data: LabErrorData): LabErrorData {
  const { fixes = [], place } = data;
  if (fixes.length === 0) return data;
  if (data.code === 'no-zone') return { ...data, remedy: zoneRemedy(fixes) };
  const ways = fixes.map((fix) => `${fix.label}: ${optionOf(fix, place?.file ?? '*')}.`);
  return { ...data, remedy: [data.remedy, ...ways].filter((part) => part !== undefined).join(' ') };
}

/** The two options, with what is likely: many exchanges may keep the same hours. */
function zoneRemedy(fixes: readonly Fix[]): string {
  const exchanges = fixes.flatMap(({ reading: { exchange } }) => exchange ?? []);
  const zones = fixes.flatMap(({ reading: { zone } }) => zone ?? []);
  const fitting = exchanges.length === 0 ? '' : ` (their hours fit ${exchanges.join(', ')})`;
  return `Say their exchange by --exchange CODE${fitting}, or the zone of their clocks by --zone NAME (such as ${zones.join(', ')}).`;
}

function optionOf({ reading, files = [] }: Fix, file: string): string {
  if (reading.dateOrder !== undefined) return `--date-order ${reading.dateOrder}`;
  if (reading.role !== undefined)
    return `--${reading.role} ${file}${files.length > 1 ? ` and ${counted(files.length - 1, 'other')} of this length` : ''}`;
  if (reading.exchange !== undefined) return `--exchange ${reading.exchange}`;
  if (reading.zone !== undefined) return `--zone ${reading.zone}`;
  if (reading.closesAlone === true) return '--closes-alone';
  const base = file.split(/[/\\]/).at(-1) ?? file;
  return `--map FILE, which says ${JSON.stringify({ [base]: reading })}`;
}
