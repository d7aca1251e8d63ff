import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Provides temporary folders and child processes, and cleans up, also on Ctrl-C. */
export class Workbench {
  readonly #folders: string[] = [];
  readonly #children = new Set<ChildProcess>();

  constructor(readonly progress: (text: string) => void) {}

  /** A new, empty folder. */
  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'tickets-bench-'));
    this.#folders.push(folder);
    return folder;
  }

  /** Starts a program with an IPC channel and one argument, as JSON. */
  start(program: URL, argument: unknown): ChildProcess {
    const child = fork(program, [JSON.stringify(argument)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // The options of `npm start`, also for the no-op server.
      execArgv: ['--max-semi-space-size=16', '--heap-growing-percent=30'],
    });
    this.#children.add(child);
    child.once('exit', () => this.#children.delete(child));
    return child;
  }

  /** Kills the remaining processes by their ids, and removes the folders. */
  clear(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    this.#children.clear();
    for (const folder of this.#folders.splice(0))
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The next message of a child process. Rejects if it ends without one. */
export function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      child.off('exit', onExit);
      resolve(message as Message);
    };
    const onExit = (code: number | null, signal: string | null) => {
      child.off('message', onMessage);
      reject(new Error(`A child process ended early (${signal ?? `exit status ${code ?? 0}`}).`));
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}
