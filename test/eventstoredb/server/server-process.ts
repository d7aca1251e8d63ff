import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Commands } from './control.js';
import type { ServerOptions } from './eventstoredb-server.js';

type Answer<Name extends keyof Commands> =
  { readonly returned: Awaited<ReturnType<Commands[Name]>> } | { readonly failed: string };

type Child = ChildProcessByStdio<Writable, Readable, null>;

const PROGRAM = fileURLToPath(import.meta.resolve('#test/eventstoredb/server/main.js'));

/** The protocol server in a separate process, which ends at the latest with this one. */
export class EventStoreDbProcess {
  readonly #answers: AsyncIterator<string>;

  private constructor(
    private readonly child: Child,
    readonly url: string,
    answers: AsyncIterator<string>,
  ) {
    this.#answers = answers;
  }

  /** @param settings - the options of `main.ts`, such as `file` for a persistent log */
  static async start(
    settings: Omit<ServerOptions, 'log'> & { readonly file?: string } = {},
  ): Promise<EventStoreDbProcess> {
    const { port = 0, file, ...options } = settings;
    const given = ['--child', '--port', String(port), '--options', JSON.stringify(options)];
    if (file !== undefined) given.push('--file', file);
    const child = spawn(process.execPath, [PROGRAM, ...given], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return new EventStoreDbProcess(child, await nextLine(answers), answers);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Sends a command to the server, such as `goSilent`, one at a time. */
  async command<Name extends keyof Commands>(
    command: Name,
    ...given: Parameters<Commands[Name]>
  ): Promise<Awaited<ReturnType<Commands[Name]>>> {
    this.child.stdin.write(`${JSON.stringify([command, ...given])}\n`);
    const answer = JSON.parse(await nextLine(this.#answers)) as Answer<Name>;
    if ('failed' in answer) throw new Error(answer.failed);
    return answer.returned;
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }
}

async function nextLine(lines: AsyncIterator<string>): Promise<string> {
  const line = await lines.next();
  if (line.done === true) throw new Error('The protocol server ended before it answered.');
  return line.value;
}
