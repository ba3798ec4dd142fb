import { describe, expect, it } from 'vitest';
import { secretIn } from '../../../../src/domain/secrets/find.ts';
import { addresses, keys } from '../../../../src/domain/secrets/shapes.ts';
import { filled } from './random.ts';

/** Written without their random parts, so that no scanner takes this file for a leak. */
const secrets: readonly [kind: RegExp, text: string][] = [
  // Providers
  [/GitHub/, 'ghp_{36}'],
  [/GitHub/, 'github_pat_{22}_{59}'],
  [/GitHub/, 'the run used gho_{36} to fetch'],
  [/GitLab/, 'glpat-{20}'],
  [/AWS/, 'AKIA{A16}'],
  [/looks like a key/, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCY{10}'],
  [/key/, 'AWS_SECRET_ACCESS_KEY={40}'],
  [/Google/, 'AIza{35}'],
  [/Google/, 'GOCSPX-{28}'],
  [/Slack/, 'xoxb-123456789012-123456789012-{24}'],
  [/Slack/, 'xapp-1-A{A9}-1234567890123-{hex64}'],
  [/OpenAI/, 'sk-{48}'],
  [/OpenAI/, 'sk-proj-{48}'],
  [/Anthropic/, 'sk-ant-api03-{93}AA'],
  [/Stripe/, 'sk_live_{24}'],
  [/Stripe/, 'rk_test_{24}'],
  [/npm/, 'npm_{36}'],
  [/key/, '//registry.npmjs.org/:_authToken={36}'],
  [/PyPI/, 'pypi-AgEIcHlwaS5vcmc{60}'],
  [/Telegram/, '123456789:AA{33}'],
  [/Discord/, 'MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.{27}'],
  [/SendGrid/, 'SG.{22}.{43}'],
  [/key/, 'hf_{34}'],
  [/key/, 'dop_v1_{hex64}'],
  [/Shopify/, 'shpat_{hex32}'],
  [/key/, 'xai-{80}'],
  [
    /Azure/,
    'DefaultEndpointsProtocol=https;AccountName=bars;AccountKey={86}==;EndpointSuffix=core.windows.net',
  ],
  // Brokers and exchanges
  [/Alpaca/, 'PKTEST7{A13}'],
  [/key/, 'APCA-API-SECRET-KEY: {40}'],
  [/looks like a key/, 'binance {64}'],
  [/looks like a key/, 'kraken {54}/w=='],
  [
    /Coinbase/,
    'organizations/12345678-1234-1234-1234-123456789abc/apiKeys/12345678-1234-1234-1234-123456789abc',
  ],
  [/key/, 'polygon.io api key: {32}'],
  [/key/, 'ALPHAVANTAGE_API_KEY={A16}'],
  // Webhooks
  [/webhook/, 'https://hooks.slack.com/services/T{A8}/B{A8}/{24}'],
  [/webhook/, 'https://discord.com/api/webhooks/1122334455667788990/{68}'],
  [/webhook/, 'https://canary.discord.com/api/v10/webhooks/1122334455667788990/{68}'],
  [/webhook/, 'https://hooks.zapier.com/hooks/catch/1234567/bq8xk2/'],
  [
    /webhook/,
    'https://contoso.webhook.office.com/webhookb2/{hex32}/IncomingWebhook/{hex32}/{hex32}',
  ],
  [
    /address with/,
    'https://prod-1.westus.logic.azure.com/workflows/{hex32}/triggers/manual/paths/invoke?api-version=2016-06-01&sig={43}',
  ],
  [/webhook/, 'https://maker.ifttt.com/trigger/sold/with/key/{22}'],
  [/webhook/, 'https://api.telegram.org/bot123456789:AA{33}/sendMessage'],
  [/webhook/, 'https://chat.example.org/hooks/{26}'],
  // Signed addresses
  [/signature/, 'https://b.s3.amazonaws.com/bars.csv?X-Amz-Expires=600&X-Amz-Signature={hex64}'],
  [/signature/, 'https://storage.googleapis.com/b/bars.csv?X-Goog-Signature={hex128}'],
  [/signature/, 'https://bars.blob.core.windows.net/c/bars.csv?sv=2022-11-02&sp=r&sig={43}%3D'],
  [/signature/, 'https://d1.cloudfront.net/bars.csv?Expires=1&Signature={40}&Key-Pair-Id=K2J'],
  // Addresses
  [/address/, 'https://me:hunter2@example.org/bars.csv'],
  [/address/, 'postgres://quant:s3cret@db.example.org/prices'],
  [/address/, 'https://{30}@example.org/repo.git'],
  [/address/, 'redis://:p4ss@cache:6379/0'],
  [/address/, 'sftp me:hunter2@files.example.org:22'],
  [/address/, 'https://example.org/bars.csv?token=abc123'],
  [/address/, 'https://example.org/bars.csv?symbol=SPY&apikey=1234'],
  [/address/, 'https://example.org/cb#access_token=abc123&state=1'],
  [/address/, 'https%3A%2F%2Fexample.org%2F%3Fapi_key%3Dabc123'],
  // Bare, labelled and hidden
  [/looks like a key/, '{hex32}'],
  [/looks like a key/, '{hex40}'],
  [/looks like a key/, '{a40}'],
  [/looks like a key/, 'see {44}= for more'],
  [/looks like a key/, '0x{hex64}'],
  [/key/, 'secret = {hex64}'],
  [/private key/, '-----BEGIN RSA PRIVATE KEY-----\n{64}\n-----END RSA PRIVATE KEY-----'],
  [/private key/, '-----BEGIN OPENSSH PRIVATE KEY-----'],
  [/JWT/, 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.{43}'],
  [/header/, 'Authorization: Bearer {32}'],
  [/password/, 'password: hunter2'],
  [/key/, '{"apiKey": "{20}"}'],
  [/GitHub/, 'gh\u200bp_{36}'],
  [/GitHub/, 'ｇｈｐ_{36}'],
];

const harmless = [
  // What Outsample writes
  '{hex64}',
  'as run {hex64}, one fold later',
  'sha256:{hex64}',
  'run {hex12}',
  'https://example.org/lab/#s1.{400}',
  's1.{400}',
  '0.3.0 on DuckDB v1.4.3',
  '/study/strategy/parameters/zWindow',
  // Symbols and names of data
  'AAPL',
  'BRK.B',
  'BTC-USD',
  'EURUSD=X',
  'BINANCE:BTCUSDT.P',
  'SPXW240119P04700000',
  'US0378331005',
  '0x52908400098527886E0F7030069857D2E4169EE7',
  '12345678-1234-1234-1234-123456789abc',
  'us-indices-2014-2018',
  'SP500.csv',
  'BTCUSDT-1d-2017-08-17-2024-12-31.csv',
  'BTCUSDT1hBinanceSpot2019to2024.parquet',
  'crypto_daily_ohlcv_2015_2024_adjusted_v2_final.csv',
  'sharadar_equity_prices_point_in_time_20240131.parquet',
  'Ema20Sma50Rsi14Adx25Atr10',
  'sma20ema50rsi14adx25atr10',
  'AdjustedCloseDividendsSplits2024',
  'TokenVolume24hUsdFromCoinGecko',
  // Words
  'Päníc — 恐慌',
  'Why did this one not stop out?',
  'The secret: buy when no one else does.',
  'token: BTC, key: close, tokens = 5',
  'Password-free setup; the token economy; a key reversal day',
  'author:me@example.org or me@example.org',
  'Secret sauce = momentum with a stop',
  'commit 4f2a9c1d8e7b6a5f4e3d2c1b0a9f8e7d6c5b4a39',
  'md5 d41d8cd98f00b204e9800998ecf8427e',
  'Antidisestablishmentarianism and Donaudampfschifffahrtsgesellschaft',
  '=================================',
  '2024-01-02T03:04:05.678Z to 2024-12-31T23:59:59.999Z',
  '3.14159265358979323846264338327950288',
  'close > mean(close, 20) + 2 * deviation(close, 20) and volume > 1e6',
  'rolling_mean_close_20_over_rolling_deviation_60 > threshold_for_long_entries',
  // Addresses
  'https://example.org/bars.csv?symbol=SPY&from=2019-01-01&interval=1d',
  'https://github.com/example/outsample/blob/main/docs/DEFINITIONS.md#sharpe-ratio',
  'https://www.alphavantage.co/query?function=TIME_SERIES_DAILY&symbol=IBM&apikey=demo',
  'https://example.org/bars.csv?apikey=YOUR_KEY',
  'https://<user>:<password>@example.org/',
  'https://example.org/@quant/posts/why-do-backtests-lie-1a2b',
  'https://example.org/?sort=key&keyword=momentum&page=3',
  'https://en.wikipedia.org/wiki/Sharpe_ratio?oldid=1234567890',
  'ssh://git@github.com/example/outsample.git',
  'git@github.com:example/outsample.git',
  'https://docs.example.org/webhooks/setup',
  'http://localhost:9091/metrics/job/outsample',
  'https://papers.ssrn.com/sol3/papers.cfm?abstract_id=2326253',
  'https://doi.org/10.1016/j.jfineco.2011.11.003',
];

describe('a secret is found', () => {
  it.each(secrets)('%s: %s', (kind, text) => {
    const found = secretIn(filled(text));
    expect(found?.kind).toMatch(kind);
    // Nothing that is random is shown but its first characters.
    const other = secretIn(filled(text, 77));
    expect(found?.shown.slice(4)).toBe(other?.shown.slice(4));
  });

  it.each([...addresses, ...keys])('$kind: $example', ({ kind, example }) => {
    const found = secretIn(filled(example));
    expect(found).toMatchObject({ kind, bare: false });
    expect(found!.shown).toContain('…');
  });

  it.each([
    ['https://me:hunter2@example.org/', 'https://me:…@'],
    ['password: hunter2', 'password: …'],
    ['ghp_{36}', 'ghp_…'],
  ])('%s is shown as %s', (text, shown) => {
    expect(secretIn(filled(text))?.shown).toBe(shown);
  });

  it('nine of ten random runs are, in any of the common alphabets', () => {
    for (const shape of ['{hex32}', '{40}', '{64}', '{32}', '{a32}', '{A32}', '{a40}']) {
      const found = Array.from({ length: 200 }, (_, i) => secretIn(filled(shape, i + 1)));
      expect(found.filter((one) => one !== null).length, shape).toBeGreaterThan(180);
    }
  });
});

describe('what is no secret passes', () => {
  it.each(harmless)('%s', (text) => {
    expect(secretIn(filled(text))).toBeNull();
  });
});

it('a text made to keep patterns busy is read in time', () => {
  const started = performance.now();
  for (const part of [
    'a',
    'a:',
    '://',
    'a.',
    'a-',
    '?a',
    'key ',
    'hooks/',
    'a0',
    'eyJ',
    'A',
    '=',
    '%41',
  ])
    secretIn(part.repeat(100_000 / part.length));
  expect(performance.now() - started).toBeLessThan(10_000);
});
