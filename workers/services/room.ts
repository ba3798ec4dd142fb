import { LabError } from '../../src/domain/errors.ts';
import { count } from '../../src/present/format.ts';

/** Bytes that the engine gives its tables. */
const room = 3.5e9;
/** Of a bar: what it takes itself, packed, and what a feature of it does; measured on minutes of prices with two decimals. */
const ownBytes = 60;
const featureBytes = 14;

/** An error of the work on so many bars; one for want of memory says how many there were, and about how many fit. */
export function withRoom(error: unknown, bars: number, features: number): unknown {
  if (!(error instanceof LabError) || error.data.code !== 'full') return error;
  const fitting = Math.floor(room / (ownBytes + featureBytes * (features + 1)));
  return new LabError({
    ...error.data,
    problem: `${count(bars)} bars with ${features} features need more memory than the engine has: at most 4 GB, in the browser and in the command.`,
    ...(fitting < bars && {
      remedy: `About ${count(roundedDown(fitting))} bars have room with so many features: bring fewer symbols or fewer years, then load the data again.`,
    }),
  });
}

/** To two digits. */
function roundedDown(value: number): number {
  const unit = Number(`1e${String(value).length - 2}`);
  return Math.floor(value / unit) * unit;
}
