/** A name as an address can hold it: letters and digits of any script, single hyphens; “study” where nothing is left. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return slug === '' ? 'study' : slug;
}

/** Where a Pushgateway takes a study's gauges, below its base address (github.com/prometheus/pushgateway, “API”). */
export const pushPath = (study: string): string =>
  `/metrics/job/outsample/instance/${encodeURIComponent(slugOf(study))}`;
