let last: Promise<unknown> = Promise.resolve();

/** Runs heavy drawing one piece at a time, a frame apart, so that the page answers in between. */
export function inOwnFrame<T>(draw: () => T): Promise<T> {
  const turn = last.then(nextFrame).then(draw);
  last = turn.catch(() => undefined);
  return turn;
}

/** A hidden page has no frames: then a tenth of a second. */
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 100);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(resolve, 0);
    });
  });
}
