import type { CostSettings, ExecutionSettings } from './study/schema.ts';

/** Where values of a preset come from: which settings, and whose word it is. */
interface CostSource {
  readonly of: string;
  readonly says: string;
}

/** What a kind of trader pays. Whatever a preset does not name costs nothing. */
export interface CostPreset {
  readonly id: string;
  readonly title: string;
  readonly costs: Partial<Rates>;
  /** Null is no limit. */
  readonly maximumParticipation: ExecutionSettings['maximumParticipation'];
  readonly sources: readonly CostSource[];
}

/** How costs are booked, and on which fills they fall, is a convention of the run, not a cost. */
type Rates = Omit<CostSettings, Convention>;
type Convention = 'booking' | 'spreadOn' | 'slippageOn';

/** Trading for free, but for interest on what is borrowed or left: that is none too. */
export const noCosts: Rates = {
  commission: 0,
  commissionPerUnit: 0,
  commissionBps: 0,
  tiers: 'off',
  tierFrom: [0],
  tierRates: [0],
  commissionMinimum: 0,
  commissionMaximum: null,
  spread: 'fixed',
  halfSpread: 0,
  slippageModel: 'bps',
  slippage: 0,
  slippageAtr: 0.05,
  impact: null,
  impactBars: 20,
  borrowFee: 0,
  interest: 0,
  marginInterest: 0,
};

const judgement = 'Outsample’s judgement, rounded, no measurement.';
const squareRoot =
  'Square-root law with Y = 1: of order one in Tóth et al. 2011, “Anomalous price impact and the critical nature of liquidity in financial markets”, Physical Review X 1.';
const lending =
  'Rounded up from the mean loan fee of about 0.25 % a year in D’Avolio 2002, “The market for borrowing stock”, Journal of Financial Economics 66; hard-to-borrow shares cost far more.';

export const costPresets: readonly CostPreset[] = [
  {
    id: 'cautious',
    title: 'Outsample’s cautious default',
    costs: { commission: 1, slippage: 10, impact: 1, borrowFee: 0.005 },
    maximumParticipation: 0.1,
    sources: [
      { of: 'Commission, slippage, participation', says: `On the dear side. ${judgement}` },
      { of: 'Market impact', says: squareRoot },
      { of: 'Borrow fee', says: `Twice the mean. ${lending}` },
    ],
  },
  {
    id: 'retail-us',
    title: 'Retail US shares',
    costs: {
      commissionPerUnit: 0.005,
      commissionMinimum: 1,
      commissionMaximum: 0.01,
      halfSpread: 2,
      slippage: 2,
      impact: 1,
      borrowFee: 0.003,
    },
    maximumParticipation: 0.05,
    sources: [
      {
        of: 'Commission, its minimum and maximum',
        says: 'Interactive Brokers, “Commissions: Stocks”, IBKR Pro fixed pricing, as published in 2024–25: USD 0.005 a share, at least 1.00, at most 1 % of the trade’s value. Regulatory fees on sales are left out (about 0.3 bps then).',
      },
      { of: 'Half spread, slippage, participation', says: `For liquid shares. ${judgement}` },
      { of: 'Market impact', says: squareRoot },
      { of: 'Borrow fee', says: lending },
    ],
  },
  {
    id: 'institutional',
    title: 'Institutional large cap',
    costs: { commissionBps: 0.5, slippage: 1, impact: 1, borrowFee: 0.003 },
    maximumParticipation: 0.1,
    sources: [
      { of: 'Commission', says: `Upper end of 0.1–0.5 bps for electronic orders. ${judgement}` },
      {
        of: 'Spread, slippage',
        says: `Patient limit orders pay little spread: Frazzini, Israel & Moskowitz 2018, “Trading Costs” (SSRN 3229719), find live costs an order of magnitude below earlier estimates. The 1 bps is ${judgement}`,
      },
      { of: 'Market impact', says: squareRoot },
      { of: 'Participation', says: judgement },
      { of: 'Borrow fee', says: lending },
    ],
  },
  {
    id: 'crypto-taker',
    title: 'Crypto taker',
    costs: { commissionBps: 10, halfSpread: 1, slippage: 2, impact: 1, borrowFee: 0.1 },
    maximumParticipation: 0.05,
    sources: [
      {
        of: 'Commission',
        says: 'Binance, spot fee of a regular user, taker, as its own posts (Binance Square) gave it in 2025: 0.1 %, no discount for paying in BNB.',
      },
      { of: 'Half spread, slippage, participation', says: `For the largest pairs. ${judgement}` },
      { of: 'Market impact', says: squareRoot },
      {
        of: 'Borrow fee',
        says: `Margin loans’ rates change by the hour; 10 % a year. ${judgement}`,
      },
    ],
  },
  {
    id: 'futures',
    title: 'Futures (E-mini)',
    costs: { commissionPerUnit: 0.045, halfSpread: 0.25, slippage: 0.25 },
    maximumParticipation: null,
    sources: [
      {
        of: 'Commission',
        says: 'Interactive Brokers, “Commissions: Futures” and “CME fees”, as published in 2024–25: 0.85 + 1.38 exchange + 0.02 NFA = USD 2.25 a contract. A unit here is one index point, a fiftieth of a contract: 2.25 ÷ 50.',
      },
      {
        of: 'Half spread',
        says: 'CME Group, “E-mini S&P 500 futures contract specs”: a tick is 0.25 points; half of it at an index level of 5,000 is 0.25 bps.',
      },
      { of: 'Slippage', says: `Another half tick. ${judgement}` },
      {
        of: 'Impact, participation, borrowing',
        says: 'Off: volume counts contracts, quantities here are points, and nothing is borrowed.',
      },
    ],
  },
  {
    id: 'none',
    title: 'None',
    costs: {},
    maximumParticipation: null,
    sources: [{ of: 'Everything', says: 'Free trading exists in no market: only for comparison.' }],
  },
];

interface Costly {
  readonly costs: CostSettings;
  readonly execution: ExecutionSettings;
}

/** The study at a preset’s costs. What is traded, how it is booked and all else stay. */
export const withCosts = <T extends Costly>(study: T, preset: CostPreset): T => ({
  ...study,
  costs: { ...study.costs, ...noCosts, ...preset.costs },
  execution: { ...study.execution, maximumParticipation: preset.maximumParticipation },
});

/** The preset whose costs a study has, if any. */
export const presetOf = (study: Costly): CostPreset | undefined =>
  costPresets.find((preset) => {
    const { costs, execution } = withCosts(study, preset);
    return same(costs, study.costs) && same(execution, study.execution);
  });

function same(a: object, b: object): boolean {
  const values = new Map(Object.entries(b));
  return Object.entries(a).every(
    ([key, value]) => JSON.stringify(value) === JSON.stringify(values.get(key)),
  );
}
