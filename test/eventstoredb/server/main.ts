import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { commandsOf, type Commands } from './control.js';
import { EventStoreDbServer, type ServerOptions } from './eventstoredb-server.js';
import { openLog } from './log-file.js';

/**
 * The protocol server in a separate process. Prints its connection string, then executes commands
 * from its standard input: a JSON array in each line with a command's name and arguments, such as
 * `["failNext", "busy", 3]`. Each is answered with a line of JSON. Ends with SIGTERM.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    /** The file of the log, which survives the process. */
    file: { type: 'string' },
    /** Further options of the server, as JSON. */
    options: { type: 'string', default: '{}' },
    /** Whether it ends together with its standard input, and so with its parent process. */
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
