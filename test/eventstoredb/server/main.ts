import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { commandsOf, type Commands } from './control.js';
import { EventStoreDbServer, type ServerOptions } from './eventstoredb-server.js';
import { openLog } from './log-file.js';

/**
 * The protocol server in a process of its own. Prints its connection string, then obeys the lines
 * on its standard input: a JSON array each, a command's name and its arguments, such as
 * `["failNext", "busy", 3]`. Each is answered by a line of JSON. Ends with SIGTERM.
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

const kept = values.file === undefined ? null : openLog(values.file);
const server = await EventStoreDbServer.start({
  ...(JSON.parse(values.options) as ServerOptions),
  port: Number(values.port),
  ...(kept !== null && { log: kept.log }),
});
const commands = commandsOf(server);
process.stdout.write(`${server.url}\n`);

process.once('SIGTERM', () => void end());
const lines = createInterface({ input: process.stdin });
if (values.child) lines.once('close', () => void end());
for await (const line of lines) process.stdout.write(`${JSON.stringify(await obey(line))}\n`);

async function obey(line: string): Promise<{ returned: unknown } | { failed: string }> {
  try {
    const [name, ...given] = JSON.parse(line) as [keyof Commands, ...unknown[]];
    const command = commands[name] as (...given: unknown[]) => unknown;
    return { returned: (await command(...given)) ?? null };
  } catch (error) {
    return { failed: `${line}: ${String(error)}` };
  }
}

async function end(): Promise<void> {
  await server.stop();
  kept?.close();
  process.exit(0);
}
