import { LabError } from '../../src/domain/errors.ts';
import { type EgressService, callable, withoutSecrets } from '../../src/wire/egress.ts';
import { reply } from '../../src/wire/errors.ts';

export interface EgressPorts {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The page came over https, so the browser lets it call nothing over http. */
  readonly isSecurePage: boolean;
  /** Milliseconds until an answer must have come. */
  readonly patience?: number;
}

/** Characters of a refusal that are passed on. */
const quoted = 200;

/** Calls other machines on a person's behalf: no cookies, no referrer, no redirects, no origin unconfirmed. */
export function createEgress(ports: EgressPorts): EgressService {
  const { fetch, isSecurePage, patience = 15_000 } = ports;
  const permitted = new Set<string>();

  return {
    permit: (origin) =>
      reply(() => {
        permitted.add(callable(origin).origin);
        return null;
      }),

    put: (address, body, contentType) =>
      reply(async () => {
        const url = callable(address);
        if (!permitted.has(url.origin)) {
          throw new LabError({
            kind: 'network',
            problem: `Nothing was sent: ${url.origin} has not been confirmed.`,
            remedy: 'Confirm the address first.',
          });
        }
        const signal = AbortSignal.timeout(patience);
        try {
          const response = await fetch(url.href, {
            method: 'PUT',
            body,
            headers: { 'Content-Type': contentType },
            mode: 'cors',
            credentials: 'omit',
            referrerPolicy: 'no-referrer',
            redirect: 'error',
            cache: 'no-store',
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
  };
}

async function refusal({ origin, pathname }: URL, response: Response): Promise<LabError> {
  const said = withoutSecrets(await response.text())
    .trim()
    .slice(0, quoted);
  return new LabError({
    kind: 'network',
    problem: `${origin} refused it with status ${response.status}.`,
    remedy: 'Check the address and what the other side says.',
    place: { file: origin + pathname, ...(said !== '' && { value: said }) },
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
