import { main } from './command.ts';
import { failure } from './failure.ts';
import { clearProgress, guardStreams, sayError } from './terminal.ts';

guardStreams();
process.on('uncaughtException', (error) => {
  clearProgress();
  const { code, lines, facts } = failure(error);
  sayError(lines, facts);
  process.exit(code);
});

await main(process.argv.slice(2));
