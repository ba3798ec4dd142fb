/** Figures as text. All times arrive in milliseconds and are shown in seconds. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const seconds = (time) => (time / 1000).toFixed(time < 100 ? 3 : 2);
const ratio = (value) => `${value.toFixed(2)} ×`;

/** Rows of texts, the first of which is the head, and notes below them: as text, and for docs/BENCH.md. */
class Table {
  constructor(rows, notes) {
    this.rows = rows;
    this.notes = notes;
  }

  toString() {
    const { rows, notes } = this;
    const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
    const line = (row) =>
      `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('   ')}`;
    const [head, ...body] = rows.map(line);
    const rule = `  ${'-'.repeat(head.length - 2)}`;
    return [head, rule, ...body, ...notes.map((note) => `  ${note}`)].join('\n');
  }

  toMarkdown() {
    const line = (row) => `| ${row.map((cell) => cell.trim()).join(' | ')} |`;
    const [head, ...body] = this.rows;
    const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
    const notes = this.notes.flatMap((note) => ['', note]);
    return [head, rule, ...body].map(line).concat(notes).join('\n');
  }
}

const table = (rows, notes = []) => new Table(rows, notes);
const skippedNotes = (skipped) => skipped.map((text) => `skipped: ${text}`);

export function featureTable({ results, skipped }) {
  const base = results[0].median;
  const rows = results.map(({ label, median, least, most, agrees }) => [
    label,
    seconds(median),
    `${seconds(least)}–${seconds(most)}`,
    ratio(median / base),
    agrees,
  ]);
  const head = ['', 'median', 'range', 'time ÷ ours in Node', 'numbers agree'];
  return table([head, ...rows], skippedNotes(skipped));
}

export function importTable({ results, skipped, large }) {
  const base = results[0].median;
  const rows = results.map(({ label, median, least, most }) => [
    label,
    seconds(median),
    `${seconds(least)}–${seconds(most)}`,
    ratio(median / base),
  ]);
  const { time, before, peak, bytes } = large;
  return table(
    [['', 'median', 'range', 'time ÷ the first'], ...rows],
    [
      `${large.rows} rows, ${(bytes / 1e6).toFixed(0)} MB, Node: ${seconds(time)} s, ${(peak / 2 ** 20).toFixed(0)} MiB at the peak, ${ratio(peak / bytes)} the file (${(before / 2 ** 20).toFixed(0)} MiB before)`,
      ...skippedNotes(skipped),
    ],
  );
}

const call = (found) => (found ? seconds(found) : '');

/** The simulator alone, first call and warm, and a thousand trials. */
export function simulationTable({ portfolio, orders, sweep }) {
  const row = (name, { node, chromium }, pick) => [
    name,
    call(pick(node)),
    chromium ? call(pick(chromium)) : '',
  ];
  const first = ({ times }) => times[0];
  const warm = ({ times }) => median(times.slice(1));
  return table([
    ['', 'Node', 'Chromium'],
    row('500 × 2500, one account, 50 positions: first call', portfolio, first),
    row('  warm', portfolio, warm),
    row('1000 × 1000, apart, a million orders: first call', orders, first),
    row('  warm', orders, warm),
    row(
      `${sweep.node.trials} trials over 10 × 5000, ${sweep.node.features} features`,
      sweep,
      ({ time }) => time,
    ),
  ]);
}

const validations = {
  walkForward: {
    name: ({ trials, folds }) => `walk-forward: ${trials} trials × ${folds} folds, 10 × 5000`,
    aim: 'walk-forward',
    limit: 20_000,
  },
  lookAhead: {
    name: ({ tried }) => `look-ahead audit of the default demo: ${tried} sessions × 3 replays`,
    aim: 'look-ahead audit',
    limit: 60_000,
  },
  examine: {
    name: ({ times }) =>
      `examine everything, default demo: ${Object.keys(times).length} examinations`,
    aim: 'examine everything',
    limit: 15_000,
  },
  pbo: {
    name: ({ trials, sessions, splits }) =>
      `PBO: ${trials} trials × ${sessions} sessions, ${splits} splits`,
    aim: 'PBO',
    limit: 3000,
  },
};

export const validationTable = (found) =>
  table([
    ['', 'Node', 'Chromium'],
    ...Object.entries(found).map(([key, { node, chromium }]) => [
      validations[key].name(chromium ?? node),
      node ? seconds(node.time) : '',
      chromium ? seconds(chromium.time) : '',
    ]),
  ]);

export function backtesterTable({ results, skipped }) {
  const rows = results.map(({ task, label, first, warm, least, most, apart }, i) => [
    results[i - 1]?.task === task ? `  ${label}` : `${task}: ${label}`,
    seconds(first),
    seconds(warm),
    `${seconds(least)}–${seconds(most)}`,
    apart === undefined ? '' : apart === 0 ? 'same' : `to ${apart.toExponential(0)}`,
  ]);
  const head = ['', 'first call', 'warm', 'range', 'final equity'];
  return table([head, ...rows], skippedNotes(skipped));
}

const stageNames = {
  start: 'engine start',
  import: 'CSV import',
  features: 'features',
  simulation: 'one simulation',
  run: 'whole run',
  rerun: 'rerun, other stop',
};

export function stageTable(stages) {
  const rows = stages.flatMap(({ symbols, bars, bytes, node, chromium }) =>
    Object.entries(stageNames).map(([stage, name], i) => [
      i === 0 ? `${symbols} × ${bars}, ${(bytes / 1e6).toFixed(1)} MB: ${name}` : `  ${name}`,
      node ? seconds(node.times[stage]) : '',
      chromium ? seconds(chromium.times[stage]) : '',
      node && chromium ? ratio(chromium.times[stage] / node.times[stage]) : '',
    ]),
  );
  return table([['', 'Node', 'Chromium', 'Chromium ÷ Node'], ...rows]);
}

/** Times of this version and of the one before, and the ratio of their medians. */
export function beforeTable(found) {
  const cells = (pair) => {
    if (pair === undefined) return ['', '', ''];
    const [ours, before] = [median(pair.ours), median(pair.before)];
    return [seconds(ours), seconds(before), ratio(ours / before)];
  };
  return table([
    ['', 'Node', 'before', 'ratio', 'Chromium', 'before', 'ratio'],
    ...found.map(({ name, node, chromium }) => [name, ...cells(node), ...cells(chromium)]),
  ]);
}

const pageMedian = ({ visits }, key) => median(visits.map((visit) => visit[key]));

/** Peaks of memory are of a whole process; the page's, of all that render. */
export function minutesTable(found) {
  const mebibytes = (bytes) => (bytes / 2 ** 20).toFixed(0);
  const perMillion = (value, { million }, of) => (value === undefined ? '' : of(value / million));
  return table([
    [
      '',
      'rows',
      'import s',
      'run s',
      'together',
      's a million',
      'CPU s',
      'peak MiB',
      'MiB a million',
      'crosses',
      'longest task ms',
    ],
    ...found.map((one) =>
      one.missing !== undefined
        ? [
            `${one.label}, ${one.form}`,
            `${one.million} M`,
            `none: ${one.missing}`,
            ...Array(8).fill(''),
          ]
        : [
            `${one.label}, ${one.form}`,
            `${one.million} M`,
            one.import === undefined ? '' : seconds(one.import),
            seconds(one.run),
            seconds((one.import ?? 0) + one.run),
            perMillion((one.import ?? 0) + one.run, one, seconds),
            one.cpu === undefined ? '' : seconds(one.cpu),
            mebibytes(one.peak),
            perMillion(one.peak, one, mebibytes),
            one.crosses === undefined ? '' : String(one.crosses),
            one.longest === undefined ? '' : one.longest.toFixed(0),
          ],
    ),
  ]);
}

export function pageTable(page) {
  const versions = [page, ...(page.before ? [page.before] : [])];
  const times = (key, of) =>
    versions.flatMap((version) => {
      const found = version[of].map((visit) => visit[key]);
      return [
        seconds(median(found)),
        `${seconds(Math.min(...found))}–${seconds(Math.max(...found))}`,
      ];
    });
  const time = (name, key) => [
    [name, ...times(key, 'visits')],
    ['  second visit', ...times(key, 'again')],
  ];
  const longest = ({ longTasks }) => Math.max(0, ...longTasks.map(({ duration }) => duration));
  const counts = ({ visits }) => visits.map(({ longTasks }) => longTasks.length);
  const each = (name, of) => [name, ...versions.flatMap(of)];
  return table([
    ['', 'median', 'range', ...(page.before ? ['before', 'range'] : [])],
    ...time('engine start, from first intent', 'engine'),
    ...time('file chosen → imported', 'import'),
    ...time('Run clicked → curve drawn', 'run'),
    ...time('file chosen → curve drawn', 'dropToCurve'),
    each('main-thread tasks above 50 ms, longest', (version) => [
      seconds(median(version.visits.map(longest))),
      `${Math.min(...counts(version))}–${Math.max(...counts(version))} a visit`,
    ]),
    ...time('largest contentful paint (LCP)', 'largestPaint'),
    ...time('slowest of seven interactions (INP)', 'slowestInteraction'),
    each('layout shift (CLS)', (version) => [pageMedian(version, 'layoutShift').toFixed(4), '']),
    each('engine’s file, MB: packed (gzip), and as it is', ({ engine }) => [
      (engine.packed / 1e6).toFixed(2),
      (engine.bytes / 1e6).toFixed(1),
    ]),
  ]);
}

export function stepList({ features, stages = [] }) {
  const list = (title, steps) => [
    `\n${title}`,
    ...steps.slice(0, 14).map(([name, time]) => `  ${seconds(time).padStart(7)}  ${name}`),
  ];
  const lines = features ? list('Features, by statement', features.steps) : [];
  for (const { symbols, bars, ...where } of stages)
    for (const name of ['node', 'chromium'])
      for (const phase of ['import', 'run'])
        if (where[name])
          lines.push(...list(`${symbols} × ${bars}, ${name}, ${phase}`, where[name].steps[phase]));
  return lines.join('\n');
}

/** What the project aims at, and whether this run met it. */
export function aimsOf({ features, simulations, validation, imports, backtesters, page, before }) {
  const of = (label) => features?.results.find((result) => result.label.startsWith(label))?.median;
  const native = of('plain windows, native');
  const found = [];
  const judge = (aim, value, limit, shown) =>
    value !== undefined &&
    limit !== undefined &&
    found.push({ aim, shown, share: value / limit, isMet: value <= limit });
  for (const where of ['Node', 'Chromium']) {
    const ours = of(`Outsample, ${where}`);
    if (ours === undefined) continue;
    judge(`features, ${where} ≤ 1.5 s`, ours, 1500, `${seconds(ours)} s`);
    if (native !== undefined)
      judge(`features, ${where} ≤ native plain windows`, ours, native, ratio(ours / native));
    const [pandas, times] = [of('pandas'), where === 'Node' ? 2.2 : 2];
    if (pandas !== undefined)
      judge(`features, ${where} ≤ ${times} × pandas`, ours, times * pandas, ratio(ours / pandas));
  }
  if (imports) {
    const at = (label) => imports.results.find((result) => result.label === label)?.median;
    const csv = at('Outsample, Node, CSV');
    const read = at('read_csv, native DuckDB, 1 thread');
    const times = (aim, value, by, limit) =>
      value !== undefined &&
      by !== undefined &&
      judge(`${aim} ≤ ${limit} ×`, value / by, limit, ratio(value / by));
    times('import in Node ÷ read_csv', csv, read, 3);
    times('import in Chromium ÷ read_csv', at('Outsample, Chromium, CSV'), read, 2.5);
    times('decimal commas ÷ plain CSV', at('Outsample, Node, decimal commas'), csv, 3);
    times('wholly quoted ÷ plain CSV', at('Outsample, Node, wholly quoted'), csv, 3);
    times('Arrow ÷ plain CSV', at('Outsample, Node, Arrow'), csv, 0.5);
    times('Parquet ÷ plain CSV', at('Outsample, Node, Parquet'), csv, 1.2);
    const { time, peak, bytes } = imports.large;
    judge('8 million rows, Node ≤ 10 s', time, 10_000, `${seconds(time)} s`);
    times('memory at the peak ÷ its file', peak, bytes, 3);
  }
  if (simulations) {
    const { portfolio, orders, sweep } = simulations;
    for (const where of ['Chromium', 'Node']) {
      const at = where.toLowerCase();
      if (!portfolio[at]) continue;
      const timed = (aim, time, limit) =>
        judge(`${aim}, ${where} ≤ ${limit / 1000} s`, time, limit, `${seconds(time)} s`);
      timed('500 × 2500, first call', portfolio[at].times[0], 150);
      timed('1000 trials', sweep[at].time, 3000);
      const peer = backtesters?.results.find(({ label }) => label.startsWith('vectorbt'));
      if (peer)
        judge(
          `a million orders, first call, ${where} ≤ vectorbt warm`,
          orders[at].times[0],
          peer.warm,
          ratio(orders[at].times[0] / peer.warm),
        );
    }
  }
  for (const [key, { chromium }] of Object.entries(validation ?? {})) {
    const { aim, limit } = validations[key];
    if (chromium)
      judge(
        `${aim}, Chromium ≤ ${limit / 1000} s`,
        chromium.time,
        limit,
        `${seconds(chromium.time)} s`,
      );
  }
  if (page) {
    const curve = pageMedian(page, 'dropToCurve');
    judge('file chosen → curve ≤ 2.5 s', curve, 2500, `${seconds(curve)} s`);
    const packed = page.engine.packed / 1e6;
    judge('engine’s file ≤ 6 MB gzip', packed, 6, `${packed.toFixed(2)} MB`);
    if (page.before) {
      const share = curve / pageMedian(page.before, 'dropToCurve');
      judge('file chosen → curve ≤ 0.5 × before', share, 0.5, ratio(share));
    }
    judge('first visit ≤ 120 KB gzip', page.firstVisit, 120, `${page.firstVisit} KB`);
    const paint = pageMedian(page, 'largestPaint');
    judge('LCP ≤ 2.5 s', paint, 2500, `${seconds(paint)} s`);
    const interaction = pageMedian(page, 'slowestInteraction');
    judge('INP ≤ 200 ms', interaction, 200, `${seconds(interaction)} s`);
    const shift = pageMedian(page, 'layoutShift');
    judge('CLS ≤ 0.02', shift, 0.02, shift.toFixed(4));
    const wasm = pageMedian(page, 'wasmAtFirst');
    judge('first visit fetches no wasm', wasm, 0, `${wasm} files`);
  }
  for (const { name, aim, ...where } of before ?? [])
    for (const [place, pair] of Object.entries(where)) {
      const by = median(pair.ours) / median(pair.before);
      if (aim !== undefined)
        judge(`${name}, ${place} ≤ ${aim} × the version before`, by, aim, ratio(by));
    }
  return found;
}

/** The aims as a table; null where a part has none. */
export const aimsTable = (aims) =>
  aims.length === 0
    ? null
    : table([
        ['aim', 'found', ''],
        ...aims.map(({ aim, shown, isMet }) => [aim, shown, isMet ? 'met' : 'MISSED']),
      ]);
