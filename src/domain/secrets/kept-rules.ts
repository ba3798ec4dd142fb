import { rules } from '@secretlint/secretlint-rule-preset-recommend';

/** Secretlint's rules by the last part of their name; one that is not here is a key of that name. */
const kinds: Readonly<Record<string, string>> = {
  aws: 'an AWS key',
  gcp: 'a Google Cloud key',
  privatekey: 'a private key',
  npm: 'an npm token',
  basicauth: 'an address with a key or password',
  'database-connection-string': 'an address with a key or password',
  slack: 'a Slack token',
  sendgrid: 'a SendGrid key',
  shopify: 'a Shopify token',
  github: 'a GitHub token',
  gitlab: 'a GitLab token',
  grafana: 'a Grafana token',
  openai: 'an OpenAI key',
  anthropic: 'an Anthropic key',
  huggingface: 'a Hugging Face token',
};

/** Comments that switch rules off are nothing that a text may do here. */
const kept = rules.filter(({ meta }) => !meta.id.endsWith('filter-comments'));

interface Found {
  readonly kind: string;
  readonly text: string;
}

/**
 * The first secret that a rule of Secretlint's recommended set finds in a text. The rules are asked one by one and
 * without its core, which is asynchronous, reads settings and knows files.
 */
export function foundByKeptRules(content: string): Found | null {
  for (const rule of kept) {
    const ranges: (readonly [number, number])[] = [];
    const context = {
      createTranslator: () => (id: string) => ({ id }),
      report: (found: { readonly range: readonly [number, number] }) => ranges.push(found.range),
      ignore: () => undefined,
    };
    rule.create(context, {}).file?.({ content, contentType: 'text' });
    const [range] = ranges;
    if (range === undefined) continue;
    const name = rule.meta.id.replace(/^.*secretlint-rule-/, '');
    return { kind: kinds[name] ?? `a key of ${name}`, text: content.slice(...range) };
  }
  return null;
}
