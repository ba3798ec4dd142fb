import { LabError } from '../../src/domain/errors.ts';
import { type EgressService, callable, withoutSecrets } from '../../src/wire/egress.ts';
import { reply } from '../../src/wire/errors.ts';
import { collect } from './remote/collect.ts';
import { download } from './remote/download.ts';
import { fileName } from './remote/file-name.ts';
import { Hosts } from './remote/hosts.ts';
import { type RemotePorts, discreet } from './remote/ports.ts';
import { shownAddress, shownPlace } from './remote/shown.ts';

export type EgressPorts = Omit<RemotePorts, 'isPage'>;

/** Characters of a refusal that are passed on. */
const quoted = 200;

/** Calls other machines on a person's behalf: no cookies, no referrer, no redirects, no origin unconfirmed. */
export function createEgress(ports: EgressPorts): EgressService {
  const { isSecurePage, patience = 15_000 } = ports;
  const permitted = new Set<string>();
  const hosts = new Hosts();

  /** The only way out: whatever asks, and however an address came about. */
  const fetch = (address: string, init: RequestInit): Promise<Response> => {
    const url = callable(address);
    if (!permitted.has(url.origin)) {
      throw new LabError({
        kind: 'network',
        problem: `Nothing was sent: ${url.origin} has not been confirmed.`,
        remedy: 'Confirm the address first.',
      });
    }
    return ports.fetch(url.href, init);
  };
  const remote: RemotePorts = {
    ...ports,
    fetch: async (url, init) => fetch(url, init),
    isPage: true,
  };

  return {
    permit: (origin) =>
      reply(() => {
        permitted.add(callable(origin).origin);
        return null;
      }),

    put: (address, body, contentType) =>
      reply(async () => {
        const url = callable(address);
        const signal = AbortSignal.timeout(patience);
        try {
          const response = await fetch(url.href, {
            method: 'PUT',
            body,
            headers: { 'Content-Type': contentType },
            ...discreet,
            redirect: 'error',
            signal,
          });
          if (!response.ok) throw await refusal(url, response);
          return response.status;
        } catch (error) {
          if (error instanceof LabError) throw error;
          if (signal.aborted) throw silence(url, patience);
          throw unreachable(url, isSecurePage, error);
        }
      }),

    notify: (delivery) =>
      reply(async () => {
        const { deliver } = await import('./notices/deliver.ts');
        await deliver(delivery, remote);
        return null;
      }),

    look: (address) =>
      reply(async () => {
        const { namesParquet, parquetOutline } = await import('./remote/parquet-footer.ts');
        return namesParquet(address) ? parquetOutline(address, remote) : null;
      }),

    get: (address, onProgress) =>
      reply(async () => {
        const { origin } = callable(address);
        const label = shownAddress(address);
        const got = await hosts.wait(origin, () =>
          download(
            {
              address,
              onBytes: (received, total) =>
                onProgress({
                  phase: 'import',
                  label,
                  ratio: total === null ? 0 : received / total,
                }),
            },
            remote,
          ),
        );
        return { name: await fileName(address, got), content: got.content, address: label };
      }),

    collect: (query, at, onProgress) =>
      reply(() => collect(query, { ports: remote, at, onProgress })),

    account: (host, keys) =>
      reply(async () => {
        const { readAlpaca } = await import('./remote/alpaca-account.ts');
        return readAlpaca(host, keys, remote);
      }),
  };
}

async function refusal(url: URL, response: Response): Promise<LabError> {
  const said = withoutSecrets(await response.text())
    .trim()
    .slice(0, quoted);
  return new LabError({
    kind: 'network',
    problem: `${url.origin} refused it with status ${response.status}.`,
    remedy: 'Check the address and what the other side says.',
    place: { file: shownPlace(url), ...(said !== '' && { value: said }) },
  });
}

const silence = ({ origin }: URL, patience: number): LabError =>
  new LabError({
    kind: 'network',
    problem: `${origin} did not answer within ${patience / 1000} seconds.`,
    remedy: 'Check that it runs, and look there before you try again: it may have got everything.',
  });

/** Browsers don't tell a page which of these it was. */
function unreachable({ origin, protocol }: URL, isSecurePage: boolean, error: unknown): LabError {
  const causes = [
    'nothing listens there',
    'it redirects',
    'it does not allow pages to call it (CORS)',
  ];
  return new LabError({
    kind: 'network',
    problem:
      isSecurePage && protocol === 'http:'
        ? `The browser did not call ${origin}: a page that came over https may not call plain http.`
        : `The browser could not call ${origin}: ${causes.join(', or ')}.`,
    remedy:
      isSecurePage && protocol === 'http:'
        ? 'Use an https address, or push with the command.'
        : 'Let a proxy answer for it that sends CORS headers, or push with the command.',
    cause: withoutSecrets(error instanceof Error ? error.message : String(error)),
  });
}
