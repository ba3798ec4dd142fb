#!/usr/bin/env node
/**
 * Makes synthetic-2014-2023/: sixty companies that never were, with everything that the lab can show in one dataset.
 *
 *   node datasets/make-synthetic.mjs            # write the files and their entry in manifest.json
 *   node datasets/make-synthetic.mjs --check    # compare with what is here, unpacked; exit 1 on a difference
 *
 * Only + − × ÷ on seeded numbers, rounded at the end: any engine makes the same bytes.
 * What is built in, and why no result here says anything about markets, stands in README.md.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

const SEED = 20140101;
const ID = 'synthetic-2014-2023';
const SESSIONS = 2608; // Monday to Friday, no holidays: 2014-01-01 to 2023-12-29
const QUARTER = 63;
const SECTORS = ['Energy', 'Finance', 'Health', 'Industry', 'Retail', 'Technology'];
/** Market-wide crashes: first session, sessions of fall, mean daily return while it falls. */
const CRASHES = [
  [430, 9, -0.016],
  [905, 12, -0.014],
  [1300, 7, -0.02],
  [1610, 16, -0.018],
  [2130, 10, -0.015],
];
/** Sessions on which oil begins to jump, seven at +2.4 % a day; two of them in a crash. */
const OIL_JUMPS = [433, 1105, 1616, 2000];
/** Prices are left unadjusted: symbol, session, shares that one becomes. */
const SPLITS = [
  ['EN03', 700, 2],
  ['RE05', 1450, 3],
  ['TE02', 1980, 4],
];
/** Delisted: symbol, first session without a bar, delisting return; '' where the universe doesn't know it. */
const DELISTED = [
  ['EN02', 520, -0.85],
  ['EN08', 1390, -1],
  ['FI03', 470, -0.6],
  ['FI09', 1700, ''],
  ['HE04', 1150, -0.3],
  ['HE07', 2250, 0.22],
  ['IN01', 940, -0.75],
  ['IN06', 1995, -0.45],
  ['RE02', 1345, -1],
  ['RE09', 1660, -0.7],
  ['TE04', 760, 0.3],
  ['TE10', 2210, -0.55],
];
/** In the data from a later session on. */
const LISTED = [
  ['EN10', 350],
  ['FI06', 800],
  ['HE01', 1250],
  ['HE10', 610],
  ['IN09', 1530],
  ['RE07', 1020],
  ['TE01', 240],
  ['TE08', 1400],
];
/** Out of the universe from this session on, and back at the other where there is one; the bars go on. */
const LEFT = [
  ['EN06', 1200, 1800],
  ['FI01', 1500],
  ['IN04', 2050],
];
/** One symbol, two companies: the first's last session + 1, its delisting return, the second's first, its sector. */
const REUSED = { symbol: 'TE07', end: 880, delisting: -0.9, start: 1420, sector: 'Health' };

/** Uniform in [0, 1). */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Nearly normal, mean 0 and sd 1: twelve uniforms less six. */
function gauss(random) {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random();
  return sum;
}

const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

function weekdays(first, count) {
  const found = [];
  for (let time = first; found.length < count; time += 86_400_000) {
    const date = new Date(time);
    if (date.getUTCDay() % 6 !== 0) found.push(date.toISOString().slice(0, 10));
  }
  return found;
}
const dates = weekdays(Date.UTC(2014, 0, 1), SESSIONS);
/** Macro values begin earlier, so that their 7-bar returns are known on the first bar. */
const earlier = weekdays(Date.UTC(2013, 11, 11), 15);

/** The market's daily return and its fear, 0 in calm and about 1 at the bottom of a crash; returns of the sectors. */
function makeMarket() {
  const random = mulberry32(SEED);
  const days = [];
  let fear = 0;
  for (let t = 0; t < SESSIONS; t++) {
    const crash = CRASHES.find(([first, length]) => t >= first && t < first + length);
    const rebound = CRASHES.some(([first, length]) => t >= first + length && t < first + length + 25);
    fear = crash ? Math.min(1, fear + 0.16) : 0.94 * fear;
    const sd = 0.007 * (1 + 1.4 * fear);
    const mean = crash ? crash[2] : rebound ? 0.004 : 0.0004;
    days.push({
      fear,
      market: mean + sd * gauss(random),
      sectors: SECTORS.map(() => 0.004 * gauss(random)),
    });
  }
  return days;
}

function makeMacro(days) {
  const random = mulberry32(SEED + 1);
  const lines = { INDEX: [], OIL: [], VIX: [] };
  let [index, oil, unrest] = [2000, 70, 0];
  for (let t = -earlier.length; t < SESSIONS; t++) {
    const { market, fear } = days[t] ?? { market: 0, fear: 0 };
    index *= 1 + market;
    const jumps = OIL_JUMPS.some((first) => t >= first && t < first + 7);
    oil *= 1 + (jumps ? 0.024 : 0.0003 * (70 / oil - 1)) + 0.014 * gauss(random);
    unrest = 0.95 * unrest + 0.5 * gauss(random);
    const vix = Math.max(9, 15 + unrest + 32 * fear);
    for (const [series, value] of Object.entries({ INDEX: index, OIL: oil, VIX: vix }))
      lines[series].push(`${series},${dates[t] ?? earlier.at(t)},${value.toFixed(2)}\n`);
  }
  return ['series,date,value\n', ...lines.INDEX, ...lines.OIL, ...lines.VIX].join('');
}

/** One company from its first session to its last: returns, how loud each day was, and what became of it. */
function makeCompany(seed, days, { start, end, sector, fate }) {
  const random = mulberry32(seed);
  const beta = 0.7 + 0.6 * random();
  const sd = 0.011 + 0.008 * random();
  const reactive = random() < 0.4;
  const drift = { survivor: 0.0004, failing: -0.0005, bought: 0.0004 }[fate];
  const noise = [];
  const ranges = [];
  const phase = Math.floor(QUARTER * random());
  let [rebound, reboundDays, loud] = [0, 0, 0];
  const returns = [];
  for (let t = start; t < end; t++) {
    const { market, sectors, fear } = days[t];
    // Ranges swell and ebb with the quarter, from 0.55 to 1.45 and back.
    const season = Math.abs(1 - (2 * ((t + phase) % QUARTER)) / QUARTER);
    const range = sd * (0.55 + 0.9 * season) * (1 + 0.8 * fear);
    let r = drift + beta * market + sectors[sector] + range * gauss(random);
    // A failing company falls faster in its last year.
    if (fate === 'failing' && end - t < 250) r -= 0.001;
    if (reboundDays > 0) {
      r += rebound;
      reboundDays -= 1;
    }
    loud *= 0.5;
    if (random() < 1 / 640) {
      // News: two falls to each rise; four tenths of it are taken back over the next ten sessions.
      const size = 0.05 + 0.07 * random();
      const shock = random() < 2 / 3 ? -size : size;
      r += shock;
      [rebound, reboundDays] = [-shock * 0.042, 10];
      loud = 3.5 + 3 * random();
    }
    ranges.push(range);
    returns.push(Math.max(-0.4, r));
    noise.push(Math.max(loud, 2.6 * fear * (days[t - 1]?.fear < fear ? 1 : 0.35)));
  }
  return { random, sd, reactive, start, returns, ranges, noise };
}

function addLines(symbol, company, { bars, attention }) {
  const { random, sd, reactive, start, returns, ranges, noise } = company;
  const split = SPLITS.find(([name]) => name === symbol);
  let close = split ? 120 + 60 * random() : 25 + 95 * random();
  let usual = 2e5 + 3e6 * random() * random();
  const asked = 60 + 240 * random();
  for (let i = 0; i < returns.length; i++) {
    const [t, r] = [start + i, returns[i]];
    if (split && t === split[1]) {
      close /= split[2];
      usual *= split[2];
    }
    const before = close;
    close = before * (1 + r);
    const open = before * (1 + 0.35 * r + 0.35 * ranges[i] * gauss(random));
    const reach = ranges[i] * (0.5 + 0.35 * noise[i]);
    const high = Math.max(open, close) * (1 + reach * random());
    const low = Math.min(open, close) * (1 - reach * random());
    // On calm days volume leans to rises and attention to falls: the two together cry panic in a panic only.
    const lean = clamp(r / sd, -2.5, 2.5);
    const volume = usual * clamp(1 + 0.18 * lean + 0.05 * gauss(random), 0.3, 2) * (1 + noise[i]);
    const prices = [open, high, low, close].map((price) => price.toFixed(2));
    bars.push(`${symbol},${dates[t]},${prices.join(',')},${100 * Math.max(1, Math.round(volume / 100))}\n`);
    // Where a crowd moves its share, people ask the evening before it falls.
    const tomorrow = clamp((returns[i + 1] ?? 0) / sd, -2.5, 2.5);
    const mood = clamp(1 + 0.06 * gauss(random) - (reactive ? 0.11 * tomorrow : 0), 0.3, 2);
    attention.push(`${symbol},${dates[t]},${Math.round(asked * mood * (1 + 0.9 * noise[i]))}\n`);
  }
}

/** The four files: name → text. */
function makeFiles() {
  const days = makeMarket();
  const [bars, attention] = [['symbol,date,open,high,low,close,volume\n'], ['symbol,date,attention\n']];
  const universe = ['symbol,from,to,delisting_return,group\n'];
  const spell = (symbol, from, to, delisting, group) =>
    universe.push(`${symbol},${dates[from]},${dates[to] ?? ''},${delisting},${group}\n`);
  SECTORS.forEach((group, sector) => {
    for (let n = 1; n <= 10; n++) {
      const symbol = group.slice(0, 2).toUpperCase() + String(n).padStart(2, '0');
      const seed = SEED + 1000 * (sector + 1) + 10 * n;
      const add = (start, end, fate, of = sector, company = 0) =>
        addLines(symbol, makeCompany(seed + company, days, { start, end, sector: of, fate }), { bars, attention });
      const fateOf = (delisting) => (delisting > 0 ? 'bought' : 'failing');
      if (symbol === REUSED.symbol) {
        const other = SECTORS.indexOf(REUSED.sector);
        add(0, REUSED.end, 'failing');
        add(REUSED.start, SESSIONS, 'survivor', other, 1);
        spell(symbol, 0, REUSED.end, REUSED.delisting, group);
        spell(symbol, REUSED.start, undefined, '', REUSED.sector);
        continue;
      }
      const delisted = DELISTED.find(([name]) => name === symbol);
      const [, start = 0] = LISTED.find(([name]) => name === symbol) ?? [];
      const [, left, back] = LEFT.find(([name]) => name === symbol) ?? [];
      const [, end = SESSIONS, delisting = ''] = delisted ?? [];
      add(start, end, delisted ? fateOf(delisting) : 'survivor');
      spell(symbol, start, left ?? delisted?.[1], delisting, group);
      if (back !== undefined) spell(symbol, back, undefined, '', group);
    }
  });
  return {
    'attention.csv': attention.join(''),
    'bars.csv': bars.join(''),
    'macro.csv': makeMacro(days),
    'universe.csv': universe.join(''),
  };
}

function entryOf(texts, packed) {
  const files = Object.entries(texts).map(([name, text]) => {
    const [head, ...rows] = text.trimEnd().split('\n');
    return {
      path: `${ID}/${name}.gz`,
      role: name.replace('.csv', ''),
      sha256: createHash('sha256').update(packed[name]).digest('hex'),
      bytes: packed[name].length,
      rows: rows.length,
      columns: head.split(','),
      symbols: [...new Set(rows.map((row) => row.slice(0, row.indexOf(','))))],
    };
  });
  return {
    id: ID,
    title: 'Synthetic shares 2014–2023',
    description:
      'Sixty invented shares with attention, macro series and a universe; crashes, delistings, splits and a ticker used twice are built in, to show what the lab finds.',
    span: [dates[0], dates.at(-1)],
    default: false,
    synthetic: true,
    source: `made by datasets/make-synthetic.mjs from seed ${SEED}`,
    licence: 'MIT, as Outsample itself',
    files,
  };
}

const here = new URL('.', import.meta.url);
const manifestFile = new URL('manifest.json', here);
const texts = makeFiles();
const gzOf = (name) => new URL(`${ID}/${name}.gz`, here);

if (process.argv[2] === '--check') {
  const wrong = Object.keys(texts).filter((name) => gunzipSync(readFileSync(gzOf(name))).toString() !== texts[name]);
  const packed = Object.fromEntries(Object.keys(texts).map((name) => [name, readFileSync(gzOf(name))]));
  const listed = JSON.parse(readFileSync(manifestFile, 'utf8')).find(({ id }) => id === ID);
  if (JSON.stringify(listed) !== JSON.stringify(entryOf(texts, packed))) wrong.push('manifest.json');
  if (wrong.length > 0) {
    console.error(`differs: ${wrong.join(', ')}`);
    process.exitCode = 1;
  }
} else {
  mkdirSync(new URL(`${ID}/`, here), { recursive: true });
  const packed = {};
  for (const [name, text] of Object.entries(texts)) {
    packed[name] = gzipSync(text, { level: 9 });
    writeFileSync(gzOf(name), packed[name]);
    console.log(`${String(packed[name].length).padStart(8)}  ${ID}/${name}.gz`);
  }
  const others = JSON.parse(readFileSync(manifestFile, 'utf8')).filter(({ id }) => id !== ID);
  const json = JSON.stringify([...others, entryOf(texts, packed)], null, 2);
  // Lists of words on one line.
  const text = json.replace(/\[\s+("[^[\]{}]*?)\s+\]/g, (_, words) => `[${words.replace(/\s*\n\s*/g, ' ')}]`);
  writeFileSync(manifestFile, `${text}\n`);
}
