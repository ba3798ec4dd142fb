import * as Comlink from 'comlink';
import type { OnProgress, Progress } from './lab.ts';

/**
 * Progress crosses threads on a port of its own, which closes when its call ends. Comlink's own proxy of a function would
 * leave port and listener behind until the other thread's collector happens to run.
 */
const ports = new WeakMap<object, MessagePort>();

Comlink.transferHandlers.set('progress', {
  canHandle: (value): value is OnProgress => typeof value === 'function' && ports.has(value),
  serialize: (onProgress: OnProgress): [MessagePort, Transferable[]] => {
    const port = ports.get(onProgress)!;
    return [port, [port]];
  },
  deserialize:
    (port: MessagePort): OnProgress =>
    (at) =>
      port.postMessage(at),
});

/** Makes a call with a progress that can be handed to another thread, once; nothing of it stays. */
export async function reporting<T>(
  onProgress: OnProgress,
  call: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<Progress>) => onProgress(data);
  const crossing: OnProgress = (at) => onProgress(at);
  ports.set(crossing, port2);
  try {
    return await call(crossing);
  } finally {
    port1.close();
  }
}
