type ColourPair = readonly [light: string, dark: string];

/** The page's colours, light and dark (src/ui/tokens.css); a test holds the two together. */
export const colours: Readonly<Record<string, ColourPair>> = {
  page: ['#f6f7f8', '#121518'],
  surface: ['#ffffff', '#1a1e22'],
  sunken: ['#f1f3f5', '#14171a'],
  text: ['#1b1f24', '#e7eaed'],
  muted: ['#57606a', '#a3acb5'],
  line: ['#dfe3e7', '#2e353c'],
  control: ['#838c95', '#6f7983'],
  accent: ['#0b5d93', '#74bdf2'],
  'accent-soft': ['#e8f2f9', '#1b2c3a'],
  danger: ['#a23b00', '#f5a06a'],
  'danger-soft': ['#fdf1ea', '#33231a'],
  equity: ['#0072b2', '#56b4e9'],
  benchmark: ['#6e7781', '#98a2ac'],
  under: ['#b34a00', '#e69f00'],
  threshold: ['#b37400', '#e69f00'],
  long: ['#00795a', '#2cc79b'],
  axis: ['#838c95', '#6f7983'],
  caution: ['#865600', '#e6b44c'],
  'heat-mid': ['#eef1f3', '#262c32'],
};

/**
 * Steps of heat-high and heat-low over heat-mid, mixed in OKLab: 18, 34, 50, 66 % in light, 13, 25, 37, 49 % in dark.
 * As far as text on them keeps a contrast of 4.5.
 */
export const steps: Readonly<Record<string, ColourPair>> = {
  p1: ['#c8d8e5', '#2d3c47'],
  p2: ['#a6c2d9', '#344b5b'],
  p3: ['#85abcc', '#3a5b70'],
  p4: ['#6396c0', '#406b86'],
  n1: ['#e7d3cb', '#3c3a35'],
  n2: ['#dfb9a9', '#524837'],
  n3: ['#d69f86', '#685538'],
  n4: ['#cc8564', '#7e6337'],
};

/** Custom properties of one scheme. */
export const propertiesOf = (scheme: 0 | 1): string =>
  Object.entries({ ...colours, ...steps })
    .map(([name, pair]) => `--${name}:${pair[scheme]}`)
    .join(';');
