import { vi } from 'vitest';
import { main } from '../../../src/cli/command.ts';

/** Runs the command in this process and collects its exit code and what it prints. */
export async function outsample(
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  const text = { out: '', err: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((chunk) => {
      text[stream === 'stdout' ? 'out' : 'err'] += String(chunk);
      return true;
    }),
  );
  try {
    await main(args);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return { code, ...text };
}
