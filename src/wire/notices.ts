import { LabError } from '../domain/errors.ts';
import type { Channel, ChannelSecrets } from '../domain/monitoring/channels.ts';
import { callable } from './egress.ts';

/**
 * Where a notice goes, of which only the origin may be shown; a LabError of kind 'usage' that holds nothing of what was
 * given where it is no address, token or chat.
 */
export function targetOf(channel: Channel, { address, key }: ChannelSecrets): URL {
  const refuse = (problem: string, remedy: string): LabError =>
    new LabError({ kind: 'usage', problem, remedy });
  if (channel === 'telegram') {
    if (!/^\d+:[\w-]{10,}$/.test(address))
      throw refuse(
        'This is no token of a Telegram bot.',
        'BotFather gives one: digits, a colon, letters.',
      );
    if (!/^(-?\d+|@\w+)$/.test(key))
      throw refuse('This is no id of a Telegram chat.', 'Give its number, or @name of a channel.');
    return new URL('https://api.telegram.org');
  }
  let url: URL;
  try {
    url = callable(address);
  } catch {
    throw refuse('This is no address that can be called.', 'Copy it whole, from https:// on.');
  }
  if (channel === 'ntfy' && url.pathname.split('/').filter(Boolean).length === 0)
    throw refuse('The topic is missing.', 'Write it behind the server: https://ntfy.sh/topic.');
  return url;
}
