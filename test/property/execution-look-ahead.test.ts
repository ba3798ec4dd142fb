import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDay, simulate } from '../unit/domain/execution/market-builder.ts';
import {
  cutAfter,
  fillsOf,
  fixed,
  plan,
  type Plan,
  planWithTerms,
  settings,
  type Step,
  type Terms,
  step,
  type World,
  worldOf,
} from './execution-worlds.ts';

/**
 * Three ways to change what a session can't know yet. What it did must keep its bits: equal text of every
 * fill, equal numbers in every column of the curve.
 */
const params = { seed: 20240102, numRuns: 400 };

/** A plan, settings, and a session in it. What the end of the data does is nobody's decision: mark. */
const scene = fc
  .tuple(fc.oneof(plan, planWithTerms), settings, fc.nat())
  .map(([plan, random, n]) => ({
    plan,
    settings: fixed(random, { execution: { endOfData: 'mark' } }),
    session: n % plan.steps[0]!.length,
  }));
/** Fills at opens: others are conventions that know the close they fill at, and say so. */
const atOpens = scene.map((scene) => ({
  ...scene,
  settings: fixed(scene.settings, { execution: { fill: 'next-open' } }),
}));
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;
const noise = fc.infiniteStream(step).map((steps) => () => steps.next().value as Step);
type Noise = typeof noise extends fc.Arbitrary<infer T> ? T : never;

/** Says what a strategy says, given the signals of a world; the honest one changes nothing. */
type Strategy = (world: World) => World;
const honest: Strategy = (world) => world;

/** A strategy that says today what it would say `bars` later. */
function peeking(bars: number): Strategy {
  return (world) => {
    const { market, signals } = world;
    const side = new Int8Array(signals.side.length);
    for (let s = 0; s < market.symbols.length; s++) {
      for (let row = market.firstRow[s]! + bars; row < market.firstRow[s + 1]!; row++) {
        side[row - bars] = signals.side[row]!;
      }
    }
    return { ...world, signals: { ...signals, side } };
  };
}

/** Fills and curve up to a session's close, or, with `own` false, up to its open. */
function pastOf(world: World, session: number, own = true) {
  const run = simulate(world.market, world.signals, world.settings);
  const until = firstDay + (own ? session : session - 1);
  const length = run.equity.day.filter((day) => day <= until).length;
  const { equity, cash, gross, net, positions } = run.equity;
  return {
    fills: fillsOf(world, run)
      .filter(
        (fill) => fill.session < session || (fill.session === session && (own || fill.atOpen)),
      )
      .map((fill) => fill.what)
      .sort(),
    curve: [equity, cash, gross, net, positions].map((column) => [...column.slice(0, length)]),
    alerts: run.alerts.filter((alert) => alert.day <= until),
  };
}

/** (a) The future after the session is cut off. */
function cutOff({ plan, settings, session }: Scene, strategy: Strategy) {
  const whole = worldOf(plan, settings);
  const cut = cutAfter(whole, session);
  return [pastOf(strategy(whole), session), pastOf(strategy(cut), session)] as const;
}

/** Other splits and dividends after the session: those before it in reverse, and one more of each. */
function withOtherEvents(terms: Terms, session: number): Terms {
  const changed = (events: readonly number[], more: number): number[] =>
    events.map((event, at) => (at <= session ? event : (events[2 * session - at] ?? more)));
  return { ...terms, splits: changed(terms.splits, 3), dividends: changed(terms.dividends, 1) };
}

/** (b) The future after the session is replaced by noise. */
function replaced({ plan, settings, session }: Scene, noise: Noise, strategy: Strategy) {
  const noisy: Plan = {
    ...plan,
    steps: plan.steps.map((steps) => steps.map((step, at) => (at <= session ? step : noise()))),
    ...(plan.terms && { terms: plan.terms.map((terms) => withOtherEvents(terms, session)) }),
  };
  return worldsOf([plan, noisy], settings).map((world) => pastOf(strategy(world), session));
}

/**
 * (c) So are the session's own highs, lows, closes and signals; its opens stay, and its volumes: what a bar's
 * participation allows is a limit of its market, nobody's knowledge.
 */
function ownBarReplaced({ plan, settings, session }: Scene, noise: Noise, strategy: Strategy) {
  const noisy: Plan = {
    ...plan,
    steps: plan.steps.map((steps) =>
      steps.map((step, at) => {
        if (at < session) return step;
        const other = noise();
        if (at > session) return other;
        return step === null ? null : { ...other, jump: step.jump, volume: step.volume };
      }),
    ),
  };
  return worldsOf([plan, noisy], settings).map((world) => pastOf(strategy(world), session, false));
}

function worldsOf(plans: readonly [Plan, Plan], settings: Scene['settings']): World[] {
  return plans.map((plan) => worldOf(plan, settings));
}

describe('no look-ahead', () => {
  it('(a) with the future cut off, the past keeps its bits', () => {
    fc.assert(
      fc.property(scene, (scene) => {
        const [whole, past] = cutOff(scene, honest);
        expect(past).toEqual(whole);
      }),
      params,
    );
  });

  it('(b) with the future replaced by noise, the past keeps its bits', () => {
    fc.assert(
      fc.property(scene, noise, (scene, noise) => {
        const [whole, other] = replaced(scene, noise, honest);
        expect(other).toEqual(whole);
      }),
      params,
    );
  });

  it('(c) with the bar’s own high, low, close and signal replaced, fills at its open keep theirs', () => {
    fc.assert(
      fc.property(atOpens, noise, (scene, noise) => {
        const [whole, other] = ownBarReplaced(scene, noise, honest);
        expect(other).toEqual(whole);
      }),
      params,
    );
  });
});

describe('the checks themselves', () => {
  const scenes = fc.sample(fc.tuple(atOpens, noise), params);
  const finds = (differs: (scene: Scene, noise: Noise) => boolean) =>
    scenes.filter(([scene, noise]) => {
      const calm = fixed(scene.settings, { size: { rule: 'units' } });
      return differs({ ...scene, settings: calm }, noise);
    }).length;
  const differ = ([a, b]: readonly unknown[]) => JSON.stringify(a) !== JSON.stringify(b);

  it('find a strategy that knows the bar after next, in all three ways', () => {
    expect(finds((scene) => differ(cutOff(scene, peeking(2))))).toBeGreaterThan(0);
    expect(finds((scene, noise) => differ(replaced(scene, noise, peeking(2))))).toBeGreaterThan(0);
    expect(
      finds((scene, noise) => differ(ownBarReplaced(scene, noise, peeking(2)))),
    ).toBeGreaterThan(0);
  });

  it('find one that knows the bar it fills in, by (c) alone', () => {
    expect(finds((scene) => differ(cutOff(scene, peeking(1))))).toBe(0);
    expect(finds((scene, noise) => differ(replaced(scene, noise, peeking(1))))).toBe(0);
    expect(
      finds((scene, noise) => differ(ownBarReplaced(scene, noise, peeking(1)))),
    ).toBeGreaterThan(0);
  });

  it('are tried on runs that trade', () => {
    const trades = scenes.map(([{ plan, settings }]) => {
      const { market, signals } = worldOf(plan, settings);
      return simulate(market, signals, settings).trades.length;
    });
    expect(trades.filter((n) => n > 2).length).toBeGreaterThan(params.numRuns / 3);
  });
});
