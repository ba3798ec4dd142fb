import egressUrl from '../../workers/egress.worker.ts?worker&url';
import journalUrl from '../../workers/journal.worker.ts?worker&url';
import labUrl from '../../workers/lab.worker.ts?worker&url';
import tablesUrl from '../../workers/tables.worker.ts?worker&url';
import trialUrl from '../../workers/trial.worker.ts?worker&url';

/** The scripts that this page may start, by what they are. */
export const scripts = {
  egress: egressUrl,
  journal: journalUrl,
  lab: labUrl,
  tables: tablesUrl,
  trial: trialUrl,
  /** The service worker: it stands beside the page, since it serves no folder but its own. */
  offline: './offline.worker.js',
} as const;

interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL: (url: string) => URL };
}

/** Trusted Types: the only script addresses that this page may hand to a browser API. */
export function trusted(url: string): string | URL {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  policy ??= factory?.createPolicy('outsample', { createScriptURL: addressOf });
  return policy?.createScriptURL(url) ?? addressOf(url);
}
let policy: ReturnType<PolicyFactory['createPolicy']> | undefined;
const addresses = new Map<string, string>();

/**
 * A worker that is started by its own address has the policy of the headers that it came with: on a plain host, none.
 * One that is started from a blob has the page's, so all but egress are: no call of theirs can leave the page's origin.
 * A service worker cannot be; it answers to its own rules (workers/offline.worker.ts).
 */
function addressOf(wanted: string): string {
  if (wanted === scripts.egress || wanted === scripts.offline) return wanted;
  if (!Object.values<string>(scripts).includes(wanted))
    throw new TypeError('Only the workers of this page may be started.');
  let address = addresses.get(wanted);
  if (address === undefined) {
    const script = `import ${JSON.stringify(new URL(wanted, location.href).href)};`;
    address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    addresses.set(wanted, address);
  }
  return address;
}
