import type { Settings } from '../../study/schema.ts';
import type { Setting } from '../setting.ts';

/** Values of a setting with which the plain loop does what the general simulator does; `any` where it has no effect there or is heeded. */
type Values<Value> = 'any' | readonly Value[];
type Allowed = {
  readonly [group in keyof Settings]-?:
    | 'any'
    | {
        readonly [name in keyof NonNullable<Settings[group]>]-?: Values<
          NonNullable<Settings[group]>[name]
        >;
      };
};

/** What is allowed, not what is forbidden: a setting that is not listed here does not compile, nor does it pass. */
const allowed: Allowed = {
  range: 'any',
  execution: {
    fill: ['next-open', 'same-close'],
    order: ['market'],
    offsetUnit: 'any',
    limitOffset: 'any',
    stopOffset: 'any',
    validFor: 'any',
    // A symbol that was left at an open or a close has no entry at that close anyway, or at the next open.
    reentry: 'any',
    expireAfter: 'any',
    delay: 'any',
    maximumParticipation: [null],
    unfilled: 'any',
    bothTouched: 'any',
    endOfData: ['mark'],
  },
  size: {
    rule: ['fraction', 'units', 'buying-power'],
    price: 'any',
    fraction: 'any',
    minimum: 'any',
    maximum: 'any',
    units: 'any',
    risk: 'any',
    volatilityTarget: 'any',
    volatilityBars: 'any',
    tooDear: 'any',
    whole: [false],
  },
  exits: {
    reference: 'any',
    unit: 'any',
    stop: [null],
    target: [null],
    breakEven: [null],
    trailing: ['off'],
    trailingFrom: 'any',
    trailingMultiple: 'any',
    trailingMinimum: 'any',
    trailingRatio: 'any',
    chandelierBars: 'any',
    longestHolding: 'any',
    oppositeSignal: 'any',
  },
  risk: {
    initialCash: 'any',
    accounts: ['per-symbol'],
    // One symbol never has more than one.
    maximumPositions: 'any',
    leverage: 'any',
    maintenanceMargin: [null],
    maximumGross: [null],
    maximumNet: [null],
    maximumPerSymbol: [null],
    maximumPerGroup: [null],
    cooldown: [0],
    killSwitch: [null],
    killSwitchPause: 'any',
    drawdownStop: [null],
    drawdownPause: 'any',
    delistingReturn: 'any',
    delistingStress: 'any',
    drawdownAlerts: 'any',
  },
  costs: {
    booking: 'any',
    commission: 'any',
    commissionPerUnit: 'any',
    commissionBps: 'any',
    // Their rates hang on what the account has traded in the month.
    tiers: ['off'],
    tierFrom: 'any',
    tierRates: 'any',
    commissionMinimum: 'any',
    commissionMaximum: 'any',
    spread: 'any',
    spreadOn: 'any',
    halfSpread: 'any',
    slippageModel: 'any',
    slippageOn: 'any',
    slippage: 'any',
    slippageAtr: 'any',
    impact: 'any',
    impactBars: 'any',
    borrowFee: 'any',
    interest: [0],
    marginInterest: [0],
  },
  contributions: { amount: [null], each: 'any' },
  // Of the market that they were made into, and of the hours beside it.
  bars: 'any',
  session: 'any',
  metrics: 'any',
  precision: 'any',
  // Without weights there is nothing to hold to.
  portfolio: 'any',
};

/** Whether the plain loop gives a setting's runs to the bit: by its market, and by every single one of its settings. */
export function isPlain({ market, signals, settings, opening, hours }: Setting): boolean {
  const { contracts, listings, detail } = market;
  if (contracts !== undefined || listings !== undefined || detail !== undefined) return false;
  if (signals.weight !== undefined || opening !== null || hours !== null) return false;
  return Object.entries(allowed).every(([group, own]) => {
    if (own === 'any') return true;
    const names: Readonly<Record<string, Values<unknown>>> = own;
    const said = Object.entries(settings[group as keyof Settings] ?? {});
    return said.every(([name, value]) => {
      const values = names[name] ?? [];
      return values === 'any' || values.includes(value);
    });
  });
}
