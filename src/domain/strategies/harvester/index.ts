import { span } from '../../search/dimensions.ts';
import { type Static, Type } from '@sinclair/typebox';
import {
  type Feature,
  atr,
  attention,
  barReturn,
  bars,
  constant,
  crowdReactivity,
  direction,
  fresh,
  gFactor,
  gScore,
  panicScore,
  tradable,
  zScore,
} from '../../features.ts';
import { schemaTools } from '../../study/schema.ts';
import { atrMethod, atrPeriod, membership, sides, value } from '../parameters.ts';
import { type ChartPart, type DatasetFacts, defineStrategy } from '../strategy.ts';
import { type Note, warning } from '../../note.ts';
import sql from './signals.sql?raw';

const { number, integer, flag, group } = schemaTools;

const pointWeight = (title: string) =>
  number(title, 'What the point counts in the G-Score.', 1, { minimum: 0 });

const parameters = Type.Object(
  {
    entryThreshold: number('Entry threshold', 'Enter when the Panic Score is above this.', 3),
    directionBars: integer(
      'Direction',
      'Contrarian on the return over this many bars: down is long, up is short.',
      5,
      {
        minimum: 1,
        maximum: 1000,
        unit: 'bars',
      },
    ),
    sides: sides('both'),
    panic: group('Panic Score', 'w_vol·z(ATR) + w_volume·z(volume) + w_attention·z(attention).', {
      atrMethod,
      atrPeriod,
      zWindow: integer(
        'z-score window',
        'Bars each z-score looks back, the current one included.',
        90,
        {
          minimum: 2,
          maximum: 5000,
          unit: 'bars',
        },
      ),
      zMinimum: integer('z-score minimum', 'No z-score before this many values.', 30, {
        minimum: 2,
        maximum: 5000,
        unit: 'bars',
      }),
      volatilityWeight: number('Volatility weight', 'Weight of z(ATR).', 1),
      volumeWeight: number('Volume weight', 'Weight of z(volume).', 1),
      attentionWeight: number('Attention weight', 'Weight of z(attention).', 0.8),
    }),
    cri: group(
      'Crowd-Reactivity Index',
      '|correlation of Δ% close and Δ% attention|: only symbols that react to the crowd are traded.',
      {
        enabled: flag('CRI filter', 'Needs attention data; without them the filter is off.', true),
        threshold: number('CRI threshold', 'Tradable at or above this.', 0.4, {
          minimum: 0,
          maximum: 1,
        }),
        window: integer('CRI window', 'Bars in the correlation.', 90, {
          minimum: 2,
          maximum: 5000,
          unit: 'bars',
        }),
        minimumPairs: integer('CRI minimum', 'No CRI with fewer pairs.', 10, {
          minimum: 2,
          maximum: 5000,
          unit: 'pairs',
        }),
        staleAfterDaily: integer(
          'Stale after, daily',
          'Daily attention is stale when its newest value has been known longer.',
          3,
          {
            minimum: 0,
            maximum: 365,
            unit: 'days',
          },
        ),
        staleAfterWeekly: integer(
          'Stale after, weekly',
          'Weekly attention is stale when its newest value has been known longer.',
          7,
          {
            minimum: 0,
            maximum: 365,
            unit: 'days',
          },
        ),
        staleFactor: number(
          'Stale CRI counts',
          'The CRI is multiplied by this while attention is stale.',
          0.5,
          {
            minimum: 0,
            maximum: 1,
            unit: 'ratio',
          },
        ),
      },
    ),
    gScore: group(
      'G-Score',
      'Macro risk 0–3 from VIX, an index and oil: positions shrink when it is high.',
      {
        enabled: flag('G-Score', 'Without macro data it is 0.', true),
        vixAbove: number('VIX above', 'One point.', 25, { minimum: 0 }),
        vixWeight: pointWeight('VIX weight'),
        indexFall: number('Index return below', 'One point.', -0.05, { unit: 'ratio' }),
        indexWeight: pointWeight('Index weight'),
        indexBars: integer('Index return over', 'The series’ own bars.', 7, {
          minimum: 1,
          maximum: 1000,
          unit: 'bars',
        }),
        oilRise: number('Oil return above', 'One point.', 0.1, { unit: 'ratio' }),
        oilWeight: pointWeight('Oil weight'),
        oilBars: integer('Oil return over', 'The series’ own bars.', 7, {
          minimum: 1,
          maximum: 1000,
          unit: 'bars',
        }),
        maximumAge: integer('Oldest input', 'An older newest value counts as missing.', 7, {
          minimum: 0,
          maximum: 365,
          unit: 'days',
        }),
        vixStandIn: flag(
          'Stand-in for VIX',
          'Where VIX is missing, the index’s 14-bar volatility, annualised.',
          false,
        ),
        reduceAt: integer('Reduce at', 'G-Score at which positions shrink.', 2, {
          minimum: 1,
          maximum: 3,
        }),
        reduceFactor: number('Size factor', 'Positions are multiplied by this.', 0.5, {
          minimum: 0,
          maximum: 1,
          unit: 'ratio',
        }),
      },
    ),
  },
  { additionalProperties: false },
);

type Parameters = Static<typeof parameters>;

/** A term of the Panic Score. */
const part = (column: string, label: string, weight: number): ChartPart => ({
  column,
  label,
  weight,
  unit: 'number',
});

function notesOn({ panic, cri, gScore: g }: Parameters, facts: DatasetFacts): Note[] {
  const notes: Note[] = [];
  if (!facts.hasVolume && panic.volumeWeight !== 0) {
    notes.push(warning('No volume in this dataset: the Panic Score leaves the volume term out.'));
  }
  if (facts.attention === null && panic.attentionWeight !== 0) {
    notes.push(warning('No attention series: the Panic Score leaves the attention term out.'));
  }
  if (facts.attention === null && cri.enabled) {
    notes.push(warning('No attention series: the CRI filter is off, every symbol is tradable.'));
  }
  if (g.enabled) {
    const missing = ['VIX', 'INDEX', 'OIL'].filter(
      (name) =>
        !facts.macro.includes(name) &&
        !(name === 'VIX' && g.vixStandIn && facts.macro.includes('INDEX')),
    );
    if (missing.length > 0) {
      notes.push(
        warning(
          `Missing macro input${missing.length > 1 ? 's' : ''} ${missing.join(', ')}: scored 0 in the G-Score.`,
        ),
      );
    }
  }
  return notes;
}

export default defineStrategy({
  id: 'harvester',
  title: 'Harvester',
  description:
    'Buys panics and sells euphorias: when range, volume and public attention are all far above normal, it trades against the recent move, with stops in multiples of ATR.',
  parameters,
  suggested: {},
  // The default sizes are cautious: the curve they draw is nearly flat.
  sample: { size: { rule: 'atr-risk' } },
  search: [span('/strategy/parameters/entryThreshold', 2, 4, 9), span('/exits/stop', 0.5, 2.5, 9)],
  conflict({ panic, cri }) {
    if (panic.zMinimum > panic.zWindow) {
      return {
        path: '/panic/zMinimum',
        problem: `This must be at most the z-score window, ${panic.zWindow}.`,
      };
    }
    if (cri.minimumPairs > cri.window) {
      return {
        path: '/cri/minimumPairs',
        problem: `This must be at most the CRI window, ${cri.window}.`,
      };
    }
    return null;
  },
  plan(p, facts) {
    const { panic, cri, gScore: g } = p;
    const range = atr(panic.atrMethod, panic.atrPeriod);
    const z = (series: Feature, column: string): Feature =>
      zScore(series, column, panic.zWindow, panic.zMinimum);
    const crowd =
      facts.attention === null ? null : attention(cri.staleAfterDaily, cri.staleAfterWeekly);
    const reactivity = crowd && crowdReactivity(crowd, cri.window, cri.minimumPairs);
    const filter =
      crowd === null || reactivity === null
        ? constant(true)
        : cri.enabled
          ? tradable(crowd, reactivity, cri.threshold, cri.staleFactor)
          : fresh(crowd);
    const zAtr = z(range, 'ticks');
    const zVolume = facts.hasVolume ? z(bars, 'volume_ticks') : null;
    const zAttention = crowd && z(crowd, 'ticks');
    const score = panicScore({
      zAtr,
      zVolume,
      zAttention,
      weights: {
        volatility: panic.volatilityWeight,
        volume: panic.volumeWeight,
        attention: panic.attentionWeight,
      },
    });
    const side = direction(p.directionBars);
    const macro = g.enabled && facts.macro.length > 0 ? gScore(g) : null;
    return {
      sql,
      inputs: {
        score,
        direction: side,
        atr: range,
        tradable: filter,
        member: membership(facts),
        factor: macro ? gFactor(macro, g.reduceAt, g.reduceFactor) : constant(1),
      },
      values: { entry_threshold: p.entryThreshold, sides: p.sides },
      columns: {
        atr: value(range),
        z_atr: value(zAtr),
        ...(zVolume && { z_volume: value(zVolume) }),
        ...(zAttention && { z_attention: value(zAttention) }),
        panic_score: value(score),
        ...(reactivity && { cri: value(reactivity), tradable: value(filter) }),
        bar_return: value(barReturn(p.directionBars)),
        direction: value(side),
      },
      sessions: macro,
      chart: {
        column: 'panic_score',
        label: 'Panic Score',
        threshold: p.entryThreshold,
        parts: [
          part('z_atr', 'z of the range', panic.volatilityWeight),
          ...(zVolume ? [part('z_volume', 'z of the volume', panic.volumeWeight)] : []),
          ...(zAttention ? [part('z_attention', 'z of attention', panic.attentionWeight)] : []),
          ...(reactivity && cri.enabled
            ? [{ column: 'cri', label: 'CRI', unit: 'number', least: cri.threshold } as const]
            : []),
          {
            column: 'bar_return',
            label: `Return over ${p.directionBars} bars`,
            unit: 'percent',
          },
        ],
      },
      notes: notesOn(p, facts),
    };
  },
});
