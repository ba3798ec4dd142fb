import { type AccountView, alpacaPaths, alpacaView } from '../../../src/domain/live/alpaca-view.ts';
import { SourceFault } from '../../../src/domain/sources/source.ts';
import { type AccountKeys, callable } from '../../../src/wire/egress.ts';
import { refuseOpenKeys } from './collect.ts';
import { download } from './download.ts';
import type { RemotePorts } from './ports.ts';
import { network, saidBy } from './words.ts';

/** Bytes of one answer. */
const most = 5_000_000;

/** Reads an account of Alpaca, and changes nothing there. */
export async function readAlpaca(
  host: string,
  { id, secret }: AccountKeys,
  ports: RemotePorts,
): Promise<AccountView> {
  const { origin } = callable(host);
  const keys = [id, secret];
  refuseOpenKeys(origin, { keys });
  const headers = { 'APCA-API-KEY-ID': id, 'APCA-API-SECRET-KEY': secret };
  const answers: string[] = [];
  for (const path of alpacaPaths) {
    const { content } = await download(
      { address: origin + path, headers, secrets: keys, most },
      ports,
    );
    answers.push(await content.text());
  }
  try {
    return alpacaView(answers);
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    throw network(
      new URL(origin),
      'Alpaca’s answer is not as documented.',
      'Read what it says; outsample live reads it by Alpaca’s own library.',
      { value: saidBy(error.message, keys) },
    );
  }
}
