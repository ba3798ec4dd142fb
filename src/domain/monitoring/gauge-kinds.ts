/** What a gauge is, for its help text and for docs/METRICS.md. */
export interface GaugeKind {
  readonly name: string;
  /** Base units, as prometheus.io/docs/practices/naming asks; money has none and stays in the data’s currency. */
  readonly unit: 'currency' | 'ratio' | 'count' | 'score' | 'level' | 'seconds' | 'none';
  readonly labels: readonly string[];
  readonly help: string;
}

/** On everything that is said of a run. */
const ofRun = ['study', 'strategy', 'dataset'] as const;

/** Every gauge that there is, in the order in which they are written. */
export const gaugeKinds = {
  buildInfo: {
    name: 'outsample_build_info',
    unit: 'none',
    labels: ['version', 'duckdb'],
    help: 'Always 1; the labels say which version of Outsample and of DuckDB computed.',
  },
  lastSession: {
    name: 'outsample_last_session_timestamp_seconds',
    unit: 'seconds',
    labels: ofRun,
    help: 'Date of the last session of the run, midnight UTC, as seconds since 1970.',
  },
  equity: {
    name: 'outsample_equity',
    unit: 'currency',
    labels: ofRun,
    help: 'Cash and positions at the close of the last session, in the currency of the data.',
  },
  drawdown: {
    name: 'outsample_drawdown_ratio',
    unit: 'ratio',
    labels: ofRun,
    help: 'Equity of the last session ÷ its highest close so far − 1, the initial cash being the first peak; never above 0.',
  },
  maxDrawdown: {
    name: 'outsample_max_drawdown_ratio',
    unit: 'ratio',
    labels: [...ofRun, 'convention'],
    help: 'The deepest drawdown of the run, by the study’s convention; never above 0.',
  },
  positions: {
    name: 'outsample_positions',
    unit: 'count',
    labels: ofRun,
    help: 'Open positions at the close of the last session.',
  },
  panicScore: {
    name: 'outsample_panic_score',
    unit: 'score',
    labels: [...ofRun, 'symbol'],
    help: 'Panic Score of a symbol at its last bar of the run. Only where the strategy has one.',
  },
  gScore: {
    name: 'outsample_g_score',
    unit: 'score',
    labels: ofRun,
    help: 'G-Score of the last session: macro risk from 0 to 3. Only where the strategy looks at it.',
  },
  totalReturn: {
    name: 'outsample_total_return_ratio',
    unit: 'ratio',
    labels: [...ofRun, 'convention'],
    help: 'Final equity ÷ initial cash − 1, by the study’s convention.',
  },
  sharpe: {
    name: 'outsample_sharpe_ratio',
    unit: 'ratio',
    labels: [...ofRun, 'convention'],
    help: 'Sharpe ratio of the run, annualised, by the study’s convention.',
  },
  exposure: {
    name: 'outsample_exposure_ratio',
    unit: 'ratio',
    labels: [...ofRun, 'convention'],
    help: 'Share of the run’s time with an open position, by the study’s convention.',
  },
  trades: {
    name: 'outsample_trades',
    unit: 'count',
    labels: ofRun,
    help: 'Positions entered in the run, those open at its end included.',
  },
  winRate: {
    name: 'outsample_win_ratio',
    unit: 'ratio',
    labels: [...ofRun, 'convention'],
    help: 'Win rate: share of the run’s trades that won, by the study’s convention.',
  },
  costs: {
    name: 'outsample_costs',
    unit: 'currency',
    labels: [...ofRun, 'kind'],
    help: 'What trading cost over the run, in the currency of the data: commission, spread, slippage, impact, borrow.',
  },
  finding: {
    name: 'outsample_finding_level',
    unit: 'level',
    labels: [...ofRun, 'finding'],
    help: 'Level of an audit finding: 0 green, 1 amber, 2 red, -1 open (not examined).',
  },
  runDuration: {
    name: 'outsample_run_duration_seconds',
    unit: 'seconds',
    labels: [...ofRun, 'phase'],
    help: 'How long a phase of the run took.',
  },
  lastRun: {
    name: 'outsample_last_run_timestamp_seconds',
    unit: 'seconds',
    labels: [],
    help: 'When the run that stands here ended, as seconds since 1970. Only from `outsample metrics --port`.',
  },
  lastRunSuccess: {
    name: 'outsample_last_run_success',
    unit: 'none',
    labels: [],
    help: '1 where the newest run succeeded; 0 where it failed and the values of the one before stand. Only from `outsample metrics --port`.',
  },
} as const satisfies Readonly<Record<string, GaugeKind>>;
