import {
  type Feature,
  atr,
  attention,
  barReturn,
  bars,
  ema,
  gByBar,
  gScore,
  highest,
  lowest,
  momentum,
  newPeriod,
  panicScore,
  rsi,
  sma,
  zScore,
} from '../../features.ts';
import { membership } from '../parameters.ts';
import type { DatasetFacts } from '../strategy.ts';

/** The settings that Harvester has by default. */
const staleAfter = [3, 7] as const;
const macroRules = {
  vixAbove: 25,
  indexFall: -0.05,
  indexBars: 7,
  oilRise: 0.1,
  oilBars: 7,
  maximumAge: 7,
  vixStandIn: false,
};

const crowd = attention(...staleAfter);

/** Columns whose z-score an expression may ask for. */
const seriesOf: Readonly<Record<string, readonly [Feature, string]>> = {
  close: [bars, 'close_ticks'],
  volume: [bars, 'volume_ticks'],
  attention: [crowd, 'ticks'],
  atr: [atr('sma', 14), 'ticks'],
};

function panic({ hasVolume, attention: kind }: DatasetFacts): Feature {
  const z = (name: string): Feature => {
    const [feature, column] = seriesOf[name] ?? [bars, name];
    return zScore(feature, column, 90, 30);
  };
  return panicScore({
    zAtr: z('atr'),
    zVolume: hasVolume ? z('volume') : null,
    zAttention: kind === null ? null : z('attention'),
    weights: { volatility: 1, volume: 1, attention: 0.8 },
  });
}

/** The feature that a checked call asks for; its column is `value`. */
export function featureOf(name: string, args: readonly string[], facts: DatasetFacts): Feature {
  const [n = 0, m = 0] = args.map(Number);
  switch (name) {
    case 'sma':
      return sma(n);
    case 'ema':
      return ema(Number(args.at(-1)));
    case 'atr':
      return atr('sma', n);
    case 'rsi':
      return rsi('wilder', n);
    case 'highest':
      return highest(n);
    case 'lowest':
      return lowest(n);
    case 'zscore': {
      const [feature, column] = seriesOf[(args[0] ?? '').toLowerCase()] ?? [bars, 'close_ticks'];
      return zScore(feature, column, m, m);
    }
    case 'return':
      return barReturn(n);
    case 'momentum':
      return momentum(n, m);
    case 'new_month':
      return newPeriod('month');
    case 'new_week':
      return newPeriod('week');
    case 'attention':
      return crowd;
    case 'panic_score':
      return panic(facts);
    case 'member':
      return membership(facts);
    case 'g_score':
      return gByBar(gScore(macroRules));
    default:
      throw new RangeError(`No feature ${name}.`);
  }
}
