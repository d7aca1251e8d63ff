#!/usr/bin/env node
import { Command } from 'commander';
import { ApiError, Unreachable } from './api-client.js';
import { LogsDiffer } from './log/compare-logs.js';
import { addLogCommands } from './log/log-commands.js';
import { complain, escapeMessages } from './output.js';
import { addProjectionCommands } from './projections.js';
import { addTicketCommands } from './ticket.js';

/**
 * `npm run --silent cli -- …` (or `tickets …`): the command line for operators and auditors. Exit
 * status: 0 success, 1 the answer is no, 2 the command could not run.
 */
const program = escapeMessages(new Command('tickets'))
  .description('Service tickets from the command line: commands and queries of the API.')
  .option('--url <url>', 'address of the service', 'http://127.0.0.1:3000')
  .option('--token <token>', 'bearer token; default: TICKETS_TOKEN')
  .option('--json', 'print JSON')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

addTicketCommands(program);
addProjectionCommands(program);
addLogCommands(program);

program.parseAsync().catch((error: unknown) => {
  process.exitCode = exitCodeOf(error);
});

function exitCodeOf(error: unknown): number {
  if (error instanceof ApiError) {
    complain(`${error.message}\n`);
    return error.status < 500 ? 1 : 2;
  }
  if (error instanceof LogsDiffer) {
    complain(`${error.message}\n`);
    return 1;
  }
  if (error instanceof Unreachable) {
    complain(`${error.message}\n`);
    return 2;
  }
  // Commander has already printed its own messages (usage, help).
  const { exitCode } = error as { exitCode?: number };
  if (exitCode === undefined) complain(`${(error as Error).message}\n`);
  return exitCode === 0 ? 0 : 2;
}
