/** From which number to which a colour runs; both sides of `centre` have their own, null where there is one side only. */
export interface HeatScale {
  readonly low: number;
  readonly high: number;
  readonly centre: number | null;
}

/** The scale of these values, NaN aside; null where there are none. With a centre, as far up as down. */
export function heatScale(values: Iterable<number>, centre: number | null): HeatScale | null {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return null;
  if (centre === null) return { low, high, centre };
  const reach = Math.max(Math.abs(low - centre), Math.abs(high - centre));
  return { low: centre - reach, high: centre + reach, centre };
}

/** −1 … 1 on a scale with a centre, 0 … 1 without. */
function placeOn(value: number, { low, high, centre }: HeatScale): number {
  const width = high - (centre ?? low);
  return width > 0 ? (value - (centre ?? low)) / width : centre === null ? 1 : 0;
}

/** One colour above, another below, by default blue and orange, told apart by everyone; the page’s theme gives the tones. NaN has no colour. */
export function heatColor(
  value: number,
  scale: HeatScale,
  neutral: 'var(--heat-mid)' | 'var(--heat-line)' = 'var(--heat-mid)',
): string {
  if (Number.isNaN(value)) return 'none';
  const place = placeOn(value, scale);
  const strength = Math.round(Math.min(Math.abs(place), 1) * 100);
  return `color-mix(in oklab, var(--heat-${place < 0 ? 'low' : 'high'}) ${strength}%, ${neutral})`;
}
