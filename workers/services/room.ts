import { LabError } from '../../src/domain/errors.ts';
import { bytes, count } from '../../src/present/format.ts';
import { reading } from '../../src/sql/query.ts';
import { errorData } from '../../src/wire/errors.ts';
import type { Engine } from '../engines/engine.ts';
import { ask } from './ask.ts';

/** What the engine's tables take and the most that they may, in bytes, and rows of the bars and of files that are read. */
export interface Room {
  readonly inUse: number;
  readonly most: number;
  readonly bars: number;
  readonly coming: number;
}

const room = reading(
  `SELECT coalesce((SELECT sum(memory_usage_bytes) FROM duckdb_memory()), 0)::DOUBLE AS in_use,
          (SELECT value FROM duckdb_settings() WHERE name = 'memory_limit') AS most,
          coalesce(max(estimated_size) FILTER (table_name = 'imported_bars'), 0)::DOUBLE AS bars,
          coalesce(max(estimated_size) FILTER (table_name IN ('next_bars', 'import_cells')), 0)::DOUBLE AS coming
   FROM duckdb_tables() WHERE database_name = 'lab'`,
  { in_use: 'number', most: 'text', bars: 'number', coming: 'number' },
);

export async function roomIn(engine: Engine): Promise<Room> {
  const { in_use: inUse, most, ...rows } = (await ask(engine, room, {}))[0]!;
  return { inUse, most: bytesOf(most), ...rows };
}

/** Of a bar: what it takes itself, packed, and what a feature of it does; measured on minutes of prices with two decimals. */
const ownBytes = 60;
const featureBytes = 14;

/** Where the work on features was. */
export interface FeaturesAt {
  /** The room before it began. */
  readonly before: Room | null;
  readonly done: number;
  readonly of: number;
  /** The one that was made; null where all were there and signals were read. */
  readonly name: string | null;
}

/** An error of the work on features; one for want of memory says where that was, and about how many bars have room. */
export function withRoom(error: unknown, engine: Engine, at: FeaturesAt): Promise<unknown> {
  const { before, done, of, name } = at;
  const step = name === null ? 'the signals' : `the feature “${name.replaceAll('_', ' ')}”`;
  return explained(
    error,
    engine,
    `Memory ended at ${step}`,
    before,
    ({ bars, inUse, most }, now) => {
      const here = now ? inUse / bars : ownBytes + featureBytes * done;
      const fitting = most / (here + featureBytes * (of - done));
      const each = `${now ? '' : 'about '}${count(Math.ceil(here))} bytes`;
      return {
        what: `${count(bars)} bars with ${count(of)} ${of === 1 ? 'feature' : 'features'}`,
        fit:
          fitting < bars
            ? `A bar takes ${each} with ${count(done)} of them made, so about ${count(roundedDown(fitting))} bars have room with all.`
            : null,
      };
    },
  );
}

/** The same of an import, whose `step` begins the sentence. */
export const withRoomFor = (
  error: unknown,
  engine: Engine,
  step: string,
  before: Room,
): Promise<unknown> =>
  explained(error, engine, step, before, ({ coming, inUse, most }, now) => {
    const each = (inUse - before.inUse) / coming;
    const fitting = (most - before.inUse) / each;
    const found =
      fitting < coming
        ? `about ${count(roundedDown(fitting))} have room beside what is loaded`
        : 'what checks them had no room beside what is loaded';
    return {
      what: 'its rows',
      fit:
        now && coming > 0 && each > 0
          ? `${count(coming)} of them were in, of ${count(Math.ceil(each))} bytes each: ${found}.`
          : null,
    };
  });

/** `told` by the room as it is now, or by that of before where the engine is spent. */
async function explained(
  error: unknown,
  engine: Engine,
  step: string,
  before: Room | null,
  told: (room: Room, now: boolean) => { readonly what: string; readonly fit: string | null },
): Promise<unknown> {
  const data = errorData(error);
  if (data.kind !== 'data' || (data.code !== 'full' && data.code !== 'spent')) return error;
  // Where it no longer answers it is spent, whatever it said.
  const now = data.code === 'full' ? await roomIn(engine).catch(() => null) : null;
  const found = now ?? before;
  // Arrays beside the engine have other bounds than its tables.
  const known = found && error instanceof LabError ? told(found, now !== null) : null;
  const left = found !== null && found.bars === 0 ? null : now === null ? another : still;
  return new LabError({
    ...data,
    code: now === null ? 'spent' : 'full',
    problem: known
      ? `${step}: ${known.what} need more than the engine has for its tables, ${bytes(found!.most)}.`
      : `${step}: ${data.problem}`,
    remedy: [known?.fit, fewer, left].filter(Boolean).join(' '),
  });
}

const fewer =
  'Bring fewer symbols or fewer years, or leave out columns and features that are not used.';

const still = 'Data and results of before are still there.';
const another = 'The lab goes on with a fresh engine and the data of before.';

/** To two digits. */
function roundedDown(value: number): number {
  const whole = Math.floor(value);
  const unit = Number(`1e${Math.max(0, String(whole).length - 2)}`);
  return Math.floor(whole / unit) * unit;
}

const units = { bytes: 1, KiB: 1024, MiB: 1_048_576, GiB: 1_073_741_824 } as const;

/** '3.1 GiB' → 3,328,599,654. */
function bytesOf(text: string): number {
  const [size, unit] = text.split(' ') as [string, keyof typeof units];
  return Math.floor(Number(size) * units[unit]);
}
