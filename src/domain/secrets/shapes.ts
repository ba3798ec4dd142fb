/** A shape of secret that Secretlint's recommended rules do not know, or know only at its full length. */
export interface Shape {
  readonly kind: string;
  /** Its group, where it has one, is what must not be shown. */
  readonly pattern: RegExp;
  /** `{20}` stands for so many letters and digits, `{hex32}` for hex digits, `{A20}` for capitals and digits. */
  readonly example: string;
}

const address = 'an address with a key or password';
const webhook = 'an address with a key or password: a webhook';
const signed = 'an address with a key or password: a signature';

/** What documents put in a secret's place: no secret begins so. */
const noPlaceholder = String.raw`(?!(?:your|my)[-_ ]?\w*|(?:demo|none|null|undefined|true|false|required|optional|unknown|redacted|hidden|removed|x{3,}|\*+|\.{3,}|…)(?:$|[^\w])|[<{$%[(*…])`;
const parameterName = String.raw`[\w.-]{0,40}(?:api[-_.]?key|access[-_.]?key|secret|signature|passw(?:or)?d|credential|auth[-_.]?key|session[-_.]?id|subscription[-_.]?key|token)|key|sig|auth|pwd|pass|jwt|bearer|hash_?key|code_?verifier`;
const label = String.raw`(?:api|access|secret|private|auth|account|shared|signing|encryption|master|client|webhook|service|license|consumer|app)[-_ .]?key(?:[-_ ]?id)?|(?:client|api|app|consumer|shared|webhook|access)?[-_ ]?secret|(?:[a-z]{2,20}[-_ ]?)?token|credential`;

const shape = (kind: string, pattern: RegExp, example: string): Shape => ({
  kind,
  pattern,
  example,
});

/** Addresses that let whoever knows them act. The first that fits names the kind. */
export const addresses: readonly Shape[] = [
  // Webhooks: whoever knows the address may post.
  shape(
    webhook,
    /hooks\.slack\.com\/(\S{0,200})/i,
    'https://hooks.slack.com/services/T{A8}/B{A8}/{24}',
  ),
  shape(
    webhook,
    /discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/(\S{0,200})/i,
    'https://discord.com/api/webhooks/1122334455667788990/{68}',
  ),
  shape(
    webhook,
    /hooks\.zapier\.com\/hooks\/(\S{1,200})/i,
    'https://hooks.zapier.com/hooks/catch/1234567/{7}/',
  ),
  shape(
    webhook,
    /(?:\bwebhook\.office\.com|outlook\.office(?:365)?\.com)\/webhook(\S{1,300})/i,
    'https://contoso.webhook.office.com/webhookb2/{hex32}@{hex32}/IncomingWebhook/{hex32}/{hex32}',
  ),
  shape(
    webhook,
    /maker\.ifttt\.com\/\S{1,100}\/key\/(\S{1,200})/i,
    'https://maker.ifttt.com/trigger/buy/with/key/{22}',
  ),
  shape(
    webhook,
    /\bhook\.(?:[\w-]+\.)?(?:make|integromat)\.com\/(\S{1,200})/i,
    'https://hook.eu1.make.com/{32}',
  ),
  shape(
    webhook,
    /api\.telegram\.org\/(?:file\/)?bot(\S{0,200})/i,
    'https://api.telegram.org/bot123456789:AA{33}/sendMessage',
  ),
  shape(
    webhook,
    /chat\.googleapis\.com\/v1\/spaces\/(\S{1,300}key=\S{1,200})/i,
    'https://chat.googleapis.com/v1/spaces/{11}/messages?key={39}',
  ),
  shape(
    webhook,
    /\bhc-ping\.com\/(\S{1,200})/i,
    'https://hc-ping.com/12345678-1234-1234-1234-123456789abc',
  ),
  shape(
    webhook,
    /:\/\/[^\s/]{1,200}\/(?:[\w.-]{1,60}\/){0,6}(?:web)?hooks?(?:-test)?\/([\w-]{0,100}\d[\w-]{0,100}(?:\/\S{0,200})?)/i,
    'https://chat.example.org/hooks/{26}',
  ),
  // Signed addresses: whoever has one may do what it was signed for.
  shape(
    signed,
    /[?&;](?:x-(?:amz|goog|oss|obs|tos)-(?:signature|credential|security-token)|sig|signature|awsaccesskeyid|ossaccesskeyid|googleaccessid|key-pair-id|policy)=([^\s&#]{3,})/i,
    'https://b.s3.amazonaws.com/bars.csv?X-Amz-Expires=60&X-Amz-Signature={hex64}',
  ),
  // Addresses with a name or a password before the host, or a key among their parameters.
  shape(
    address,
    new RegExp(
      String.raw`[a-z][a-z0-9+.-]{0,19}:\/\/(?!git@)${noPlaceholder}(?:[^\s/?#@:]{1,100}:)?${noPlaceholder}([^\s/?#@]{1,200})@`,
      'i',
    ),
    'postgres://me:{12}@example.org/prices',
  ),
  shape(
    address,
    /(?<![\w.+-])(?!(?:e-?mail|mailto|mail|from|to|by|cc|contact|author|sip|xmpp|acct):)[\w.%+-]{1,60}:([^\s:@/]{3,100})@[\w-]{1,60}(?:\.[\w-]{1,60})+/i,
    'me:{12}@db.example.org:5432',
  ),
  shape(
    address,
    new RegExp(String.raw`[?&;#](?:${parameterName})=${noPlaceholder}([^\s&#]+)`, 'i'),
    'https://example.org/bars.csv?symbol=SPY&apikey={16}',
  ),
];

/** Keys by their prefix, and whatever is called one: what says more stands before what says less. */
export const keys: readonly Shape[] = [
  // Keys of providers.
  shape('an Anthropic key', /\bsk-ant-([\w-]{16,})/, 'sk-ant-api03-{40}'),
  shape(
    'an OpenAI key',
    /\bsk-((?:proj|svcacct|admin|or-v1|None)-[\w-]{16,}|[A-Za-z0-9]{20,})/,
    'sk-proj-{40}',
  ),
  shape('a Stripe key', /\b(?:[rs]k_(?:live|test)|whsec)_([A-Za-z0-9]{10,})/, 'sk_live_{24}'),
  shape('a GitHub token', /\b(?:gh[opsur]_|github_pat_)(\w{20,})/, 'ghp_{36}'),
  shape(
    'a GitLab token',
    /\bgl(?:pat|rt|dt|ptt|ft|soat|agent|imt|oas|cbt|ffct)-([\w.-]{16,})|\bGR1348941([\w-]{20})/,
    'glpat-{20}',
  ),
  shape('an npm token', /\bnpm_([A-Za-z0-9]{20,})/, 'npm_{36}'),
  shape('a PyPI token', /\bpypi-([\w-]{16,})/, 'pypi-AgEIcHlwaS5vcmc{40}'),
  shape('a Slack token', /\b(?:xox[a-z]|xapp)[-.]([\w-]{10,})/, 'xoxb-123456789012-{24}'),
  shape(
    'a Google key',
    /\bAIza([\w-]{30,})|\bGOCSPX-([\w-]{20,})|\bya29\.([\w-]{20,})|\b1\/\/0([\w-]{30,})/,
    'AIza{35}',
  ),
  shape('an AWS key', /\b(?:AKIA|ASIA|AROA|AIDA|AGPA|ABIA|ACCA)([A-Z0-9]{12,})\b/, 'AKIA{A16}'),
  shape('a Telegram bot’s token', /\b\d{6,12}:(AA[\w-]{30,})/, '123456789:AA{33}'),
  shape(
    'a Discord bot’s token',
    /\b[MNO][\w-]{22,27}\.([\w-]{6,7}\.[\w-]{27,40})/,
    'M{24}.{6}.{34}',
  ),
  shape('an Alpaca key', /\b[PAC]K(?=[A-Z0-9]*\d[A-Z0-9]*\d)([A-Z0-9]{16,24})\b/, 'PK{A18}'),
  shape(
    'a Coinbase key',
    /organizations\/[\da-f-]{36}\/apiKeys\/([\da-f-]{36})/i,
    'organizations/12345678-1234-1234-1234-123456789abc/apiKeys/12345678-1234-1234-1234-123456789abc',
  ),
  shape('a Twilio key', /\bSK([\da-f]{32})\b/, 'SK{hex32}'),
  shape('a Mailgun key', /\bkey-([\da-f]{32})\b/, 'key-{hex32}'),
  shape('a Mailchimp key', /\b([\da-f]{32})-us\d{1,2}\b/, '{hex32}-us14'),
  shape('a SendGrid key', /\bSG\.([\w-]{16,}\.[\w-]{16,})/, 'SG.{22}.{43}'),
  shape('a Square token', /\b(?:sq0[a-z]{3}-|EAAA)([\w-]{22,})/, 'sq0csp-{43}'),
  shape('an Airtable token', /\bpat[A-Za-z0-9]{14}\.([\da-f]{32,})/, 'pat{14}.{hex64}'),
  shape('an age key', /\bAGE-SECRET-KEY-1([0-9A-Z]{30,})/, 'AGE-SECRET-KEY-1{A58}'),
  shape(
    'an Azure key',
    /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)\s*=?\s*([^\s;]{16,})/i,
    'AccountName=bars;AccountKey={86}==',
  ),
  shape(
    'a key of a cloud service',
    /\b(?:dop_v1|doo_v1|dor_v1|dckr_pat|hf|gsk|r8|sbp|nfp|figd|lin_api|ntn|secret|pscale_(?:tkn|pw|oauth)|glsa|glc|rubygems|sntry[su]|shp(?:at|ss|ca|pa)|EZAK|tskey-\w{1,20}|xai|pplx|PMAK|NRAK|HRKU|dapi|fo1|FlyV1|ATATT3|ATCTT3|ATBB|hv[sbr]|dp\.[a-z]{2,6}|sl|rk|CFPAT|tvly|lsv2_[a-z]{2})[-_.](?=[\w.-]*\d)([\w-]{20,})/,
    'dop_v1_{hex64}',
  ),
  shape(
    'a private key',
    /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d/,
    '-----BEGIN EC PRIVATE KEY-----',
  ),
  shape(
    'a signed token (JWT)',
    /\beyJ[\w-]{8,}\.(ey[\w-]{8,}(?:\.[\w-]*)?)/,
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjMifQ.{43}',
  ),
  // Whatever is called a secret.
  shape(
    'a key in a header',
    /\b(?:Bearer|Basic|Token)\s+(?=[\w+/.=-]*\d)([\w+/.=-]{12,})|\bAPCA-API-(?:SECRET-KEY|KEY-ID)\W{1,4}(\S{8,})/i,
    'Authorization: Bearer {32}',
  ),
  shape(
    'a password',
    new RegExp(
      String.raw`(?<![a-z])(?:passw(?:or)?d|passphrase|pwd|passcode|passwort)["']?\s{0,3}(?:[:=]|=>|\bis\b)\s{0,3}["']?${noPlaceholder}([^\s"']{4,})`,
      'i',
    ),
    'password: {10}',
  ),
  shape(
    'a key',
    new RegExp(
      String.raw`(?<![a-z])(?:[A-Z0-9]{1,20}[_-]){0,4}(?:${label})["']?\s{0,3}(?:[:=]|=>|\bis\b)\s{0,3}["']?${noPlaceholder}(?=[^\s"',]*\d)([^\s"',]{8,})`,
      'i',
    ),
    'api_key = {16}',
  ),
];
