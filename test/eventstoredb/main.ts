import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { EventStoreDbServer, type ServerOptions } from './eventstoredb-server.js';
import { openLog } from './log-file.js';

/**
 * The protocol server in a process of its own. Prints its connection string, then obeys the lines
 * on its standard input: a JSON array each, a fault's name and its arguments, such as
 * `["failNext", "busy", 3]`. Each is answered by a line with what it returned. Ends with SIGTERM.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    /** Keeps the log, also from one run to the next. */
    file: { type: 'string' },
    /** Further options of the server, as JSON. */
    options: { type: 'string', default: '{}' },
    /** Ends when the standard input ends: with the process that started it. */
    child: { type: 'boolean', default: false },
  },
});

const COMMANDS = new Set([
  'beUnavailable',
  'behave',
  'comeBack',
  'cutConnections',
  'cutNextAppends',
  'cutNextRead',
  'delayAnswers',
  'failNext',
  'goDown',
  'goSilent',
  'openSubscriptions',
  'restart',
  'silenceSubscriptions',
  'speakAgain',
]);

const kept = values.file === undefined ? null : openLog(values.file);
const server = await EventStoreDbServer.start({
  ...(JSON.parse(values.options) as ServerOptions),
  port: Number(values.port),
  ...(kept !== null && { log: kept.log }),
});
process.stdout.write(`${server.url}\n`);

process.once('SIGTERM', () => void end());
const lines = createInterface({ input: process.stdin });
if (values.child) lines.once('close', () => void end());
for await (const line of lines) process.stdout.write(`${await obey(line)}\n`);

/** Does what a line says; returns a line of JSON. */
async function obey(line: string): Promise<string> {
  const [command, ...given] = JSON.parse(line) as [string, ...unknown[]];
  if (!COMMANDS.has(command)) return JSON.stringify({ unknown: command });
  const methods = server as unknown as Record<string, (...given: unknown[]) => unknown>;
  return JSON.stringify({ returned: (await methods[command]?.(...given)) ?? null });
}

async function end(): Promise<void> {
  await server.stop();
  kept?.close();
  process.exit(0);
}
