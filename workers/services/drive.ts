import { stopIfAborted } from '../engines/engine.ts';
import { nextMessage } from '../engines/next-message.ts';

/** Lets messages that wait be served, a cancel among them, which rejects. */
export async function nextTurn(signal: AbortSignal): Promise<void> {
  await nextMessage();
  stopIfAborted(signal);
}

/** Runs an algorithm to its end, with a turn before each step; `answer` gives what it waits for whenever it yields. */
export async function drive<Asked, Found, Given>(
  work: Generator<Asked, Found, Given>,
  signal: AbortSignal,
  answer: (asked: Asked) => Given | Promise<Given>,
): Promise<Found> {
  await nextTurn(signal);
  let step = work.next();
  while (!step.done) {
    const given = await answer(step.value);
    await nextTurn(signal);
    step = work.next(given);
  }
  return step.value;
}
