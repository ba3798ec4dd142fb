import { dayFromIso } from '../domain/calendar.ts';
import { LabError } from '../domain/errors.ts';
import type { Broker, BrokerBarLength, BrokerBars } from '../domain/live/broker.ts';
import { bareSymbol } from '../domain/live/symbols.ts';
import type { InputFile } from '../wire/lab.ts';
import type { LiveOptions } from './live-arguments.ts';
import { dataFiles } from './open.ts';

/** Where the completed bars of live trading come from: files that grow, or the broker. */
export async function barsNow(
  options: LiveOptions,
  broker: Broker | null,
): Promise<readonly InputFile[]> {
  const files = await dataFiles(options);
  const fromBroker =
    options.bars === 'broker' ||
    (options.bars === undefined && broker !== null && options.data === undefined);
  if (!fromBroker || broker === null) return files;
  const { symbols, from, length } = options;
  if (symbols === undefined || from === undefined)
    throw new LabError({
      kind: 'usage',
      problem: 'The broker’s bars need symbols, and the date from which on they are fetched.',
      remedy: 'Add --symbols and --from, or name files with --data.',
    });
  const bars = await broker.bars(symbols, length as BrokerBarLength, dayFromIso(from) * DAY);
  const others = files.filter(({ role }) => role !== undefined && role !== 'bars');
  return [asFile(bars, length === '1d'), ...others];
}

const DAY = 86_400;

/** As a CSV file, which is imported as any other: times in UTC, or dates of daily bars. */
function asFile(bars: BrokerBars, isDaily: boolean): InputFile {
  const { symbol, at, open, high, low, close, volume } = bars;
  const lines = symbol.map((name, i) => {
    const time = new Date(at[i]! * 1000).toISOString();
    return [
      bareSymbol(name),
      isDaily ? time.slice(0, 10) : time,
      open[i],
      high[i],
      low[i],
      close[i],
      volume[i],
    ].join(',');
  });
  const text = ['symbol,date,open,high,low,close,volume', ...lines].join('\n');
  return { name: 'broker.csv', content: new Blob([text]), role: 'bars' };
}
