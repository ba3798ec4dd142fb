import { isDeepStrictEqual } from 'node:util';
import { Kind, type TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulateApart } from '../../src/domain/execution/apart.ts';
import { FillLog } from '../../src/domain/execution/fill-log.ts';
import { simulatePlain } from '../../src/domain/execution/plain/accounts.ts';
import { isPlain } from '../../src/domain/execution/plain/gate.ts';
import { type Setting, settingOf } from '../../src/domain/execution/setting.ts';
import { emptyEquity } from '../../src/domain/execution/output.ts';
import { TradeLog } from '../../src/domain/execution/trade-log.ts';
import { clockOf, type Market, stepTimes } from '../../src/domain/market.ts';
import { at } from '../../src/domain/study/pointer.ts';
import { type Settings, settingsSchema } from '../../src/domain/study/schema.ts';
import { fixed, plan, settings, worldOf, worldWithTerms } from './execution-worlds.ts';
import { firstDay, plain, settingsOf } from '../unit/domain/execution/market-builder.ts';

/** What the gate asks of settings that vary in a random world. */
const within: Parameters<typeof fixed>[1] = {
  execution: { order: 'market', maximumParticipation: null, endOfData: 'mark' },
  size: { whole: false },
  exits: { stop: null, target: null, breakEven: null, trailing: 'off' },
  risk: {
    accounts: 'per-symbol',
    maintenanceMargin: null,
    maximumGross: null,
    maximumNet: null,
    maximumPerSymbol: null,
    maximumPerGroup: null,
    cooldown: 0,
    killSwitch: null,
    drawdownStop: null,
  },
  costs: { tiers: 'off', interest: 0, marginInterest: 0 },
};

const plainest = settingsOf({ risk: { ...plain.risk, accounts: 'per-symbol' } });

/** Settings of random worlds that the gate lets in. */
const plainSettings = fc
  .tuple(
    settings,
    fc.constantFrom<'next-open' | 'same-close'>('next-open', 'same-close'),
    fc.constantFrom<'fraction' | 'units' | 'buying-power'>('fraction', 'units', 'buying-power'),
  )
  .map(([one, fill, rule]) => fixed(fixed(one, within), { execution: { fill }, size: { rule } }));

/** Without a universe file; now and then of two bars a session, with instants. */
function bare(market: Market, timed: boolean): Market {
  const { listings: _, ...own } = market;
  if (!timed) return own;
  const opens = Float64Array.from(own.day, (day) => day * 86_400);
  const day = own.day.map((one) => firstDay + Math.floor((one - firstDay) / 2));
  return {
    ...own,
    day,
    clock: clockOf(
      opens,
      opens.map((open) => open + 23_400),
    ),
  };
}

const setting = (one: ReturnType<typeof worldOf>, timed: boolean): Setting => {
  const market = bare(one.market, timed);
  const steps = stepTimes(market, firstDay + 2, Infinity);
  return settingOf(market, one.signals, one.settings, steps);
};

const inGate = fc
  .tuple(plan, plainSettings, fc.boolean())
  .map(([one, chosen, timed]) => setting(worldOf(one, chosen), timed));

/** Everything that a run of one of the two gives, its single fills included. */
function allOf(simulated: typeof simulatePlain, one: Setting) {
  const fills = new FillLog();
  const run = simulated(one, new TradeLog(), emptyEquity(one.steps), fills);
  return { ...run, fills: fills.fills() };
}

function agrees(one: Setting): void {
  const [plainly, apart] = [allOf(simulatePlain, one), allOf(simulateApart, one)];
  // The quick comparison first: it tells NaN, 0 and −0 apart as well.
  if (!isDeepStrictEqual(plainly, apart)) expect(plainly).toStrictEqual(apart);
}

describe('plain accounts', () => {
  it('give what the general simulator gives, to the bit', () => {
    const met = { trades: 0, shorts: 0, alerts: 0, expired: 0, open: 0 };
    fc.assert(
      fc.property(inGate, (one) => {
        expect(isPlain(one)).toBe(true);
        agrees(one);
        const { trades, alerts, orders } = allOf(simulatePlain, one);
        met.trades += trades.length;
        met.shorts += trades.side.filter((side) => side < 0).length;
        met.open += trades.reason.filter((reason) => reason < 0).length;
        met.alerts += alerts.length;
        met.expired += orders.expired;
      }),
      { seed: 20_261_130, numRuns: 500 },
    );
    for (const times of Object.values(met)) expect(times).toBeGreaterThan(5);
  });

  it('are not for instruments, a universe, finer bars and weights', () => {
    const world = fc.sample(worldWithTerms, { seed: 1, numRuns: 1 })[0]!;
    const { market, signals } = world;
    const { listings, contracts, ...rest } = market;
    const lets = (one: Market, said = signals) =>
      isPlain(settingOf(one, said, plainest, stepTimes(one, -Infinity, Infinity)));
    expect(lets(rest)).toBe(true);
    expect(lets({ ...rest, contracts: contracts! })).toBe(false);
    expect(lets({ ...rest, listings: listings! })).toBe(false);
    const none = new Int32Array(rest.day.length);
    const detail = { ...rest, first: none, end: none, bars: 0, unfit: 0, firstUnfit: -1 };
    expect(lets({ ...rest, detail })).toBe(false);
    expect(lets(rest, { ...signals, weight: signals.score })).toBe(false);
  });

  it('refuse every setting under which they would differ', () => {
    const worlds = fc.sample(fc.tuple(plan, plainSettings, fc.boolean()), { seed: 7, numRuns: 8 });
    const refused = new Set<string>();
    for (const [path, schema] of leaves(settingsSchema)) {
      for (const value of valuesOf(schema)) {
        for (const [own, chosen, timed] of worlds) {
          const one = setting(worldOf(own, changed(chosen, path, value)), timed);
          if (isPlain(one)) agrees(one);
          else refused.add(path);
        }
      }
    }
    expect([...refused].sort()).toEqual([
      '/contributions/amount',
      '/costs/interest',
      '/costs/marginInterest',
      '/costs/tiers',
      '/execution/endOfData',
      '/execution/fill',
      '/execution/maximumParticipation',
      '/execution/order',
      '/exits/breakEven',
      '/exits/stop',
      '/exits/target',
      '/exits/trailing',
      '/risk/accounts',
      '/risk/cooldown',
      '/risk/drawdownStop',
      '/risk/killSwitch',
      '/risk/maintenanceMargin',
      '/risk/maximumGross',
      '/risk/maximumNet',
      '/risk/maximumPerGroup',
      '/risk/maximumPerSymbol',
      // Of bars that have times.
      '/session/dayOrders',
      '/session/entriesFrom',
      '/session/entriesUntil',
      '/session/flat',
      '/session/lastBars',
      '/session/longestHolding',
      '/size/rule',
      '/size/whole',
    ]);
  });

  it('let in what came later where it is left out, as it is at its default', () => {
    const [own] = fc.sample(plan, { seed: 1, numRuns: 1 });
    for (const [path, schema] of leaves(settingsSchema)) {
      if (at(plainest, path) !== undefined) continue;
      const one = setting(worldOf(own!, changed(plainest, path, schema.default)), false);
      expect([path, isPlain(one)]).toEqual([path, true]);
    }
  });
});

/** Every single setting, by its path. */
function leaves(schema: TSchema, path = ''): (readonly [path: string, schema: TSchema])[] {
  const properties = schema['properties'] as Readonly<Record<string, TSchema>> | undefined;
  if (properties === undefined) return [[path, schema]];
  return Object.entries(properties).flatMap(([name, inner]) => leaves(inner, `${path}/${name}`));
}

/** Values that differ in what they do: all words, both flags, off, and numbers from one bound to another. */
function valuesOf(schema: TSchema): unknown[] {
  if (schema[Kind] === 'Choice') return schema['enum'] as unknown[];
  if (schema['anyOf'] !== undefined) return (schema['anyOf'] as TSchema[]).flatMap(valuesOf);
  if (schema['type'] === 'boolean') return [false, true];
  if (schema['type'] === 'null') return [null];
  if (schema['type'] === 'array') return [[], [0.01, 0.4]];
  if (schema['type'] === 'string')
    return String(schema['pattern']).includes(':') ? ['09:30'] : ['2024-01-04'];
  const { minimum = 0, maximum = 1000, exclusiveMinimum } = schema as Record<string, number>;
  const least = exclusiveMinimum === undefined ? minimum : exclusiveMinimum + 0.001;
  const values = [least, Math.min(maximum, least + 2)];
  return schema['type'] === 'integer' ? values.map(Math.ceil) : [...values, schema.default];
}

function changed(settings: Settings, path: string, value: unknown): Settings {
  const [, group, name] = path.split('/') as [string, keyof Settings, string];
  const preset = Value.Default(settingsSchema.properties[group as 'size'], {}) as object;
  return { ...settings, [group]: { ...preset, ...settings[group], [name]: value } };
}
