#!/usr/bin/env node
import { Command } from 'commander';
import { ApiError, Unreachable } from './api-client.js';
import { LogsDiffer } from './log/compare-logs.js';
import { addLogCommands } from './log/log-commands.js';
import { addTicketCommands } from './ticket.js';

/**
 * `npm run --silent cli -- …` (or `tickets …`): the command line of operators and auditors. It exits
 * 0, 1 where the answer is no, and 2 where it could not tell.
 */
const program = new Command('tickets')
  .description('Service tickets from the command line: commands and queries of the API.')
  .option('--url <url>', 'where the service is', 'http://127.0.0.1:3000')
  .option('--token <token>', 'a bearer token; TICKETS_TOKEN otherwise')
  .option('--json', 'print JSON')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

addTicketCommands(program);
addLogCommands(program);

program.parseAsync().catch((error: unknown) => {
  process.exitCode = exitCodeOf(error);
});

function exitCodeOf(error: unknown): number {
  if (error instanceof ApiError) {
    process.stderr.write(`${error.message}\n`);
    return error.status < 500 ? 1 : 2;
  }
  if (error instanceof LogsDiffer) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  if (error instanceof Unreachable) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  // What commander has to say (a usage, a help text) it has said already.
  const { exitCode } = error as { exitCode?: number };
  if (exitCode === undefined) process.stderr.write(`${(error as Error).message}\n`);
  return exitCode === 0 ? 0 : 2;
}
