import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Programs that tests run in separate processes. */
const programs = {
  'hold-log': new URL('./programs/hold-log.js', import.meta.url),
  'append-on-input': new URL('./programs/append-on-input.js', import.meta.url),
  'survive-deaths': new URL('./programs/survive-deaths.js', import.meta.url),
  'fill-disk': new URL('./programs/fill-disk.js', import.meta.url),
};
/** Lets tests kill the writer thread of a process: the value of NODE_OPTIONS. */
export const KILL_WRITER = `--require=${fileURLToPath(new URL('./programs/kill-writer.cjs', import.meta.url))}`;

type Program = URL | keyof typeof programs;

/** A line of JSON that a program printed. */
export type Said = Record<string, unknown>;

/** A program that runs in a separate process. */
export interface Running {
  readonly process: ChildProcess;
  /** The next line of JSON that it prints; rejects if the program ends first. */
  said(): Promise<Said>;
  /** Resolves with how the program ended. */
  ended(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts a program, after a shell command if there is one. */
export function startProgram(program: Program, args: readonly string[], shell?: string): Running {
  const file = fileURLToPath(typeof program === 'string' ? programs[program] : program);
  const node = [process.execPath, file, ...args];
  const [command, ...rest] =
    shell === undefined ? node : ['sh', '-c', `${shell}; exec "$0" "$@"`, ...node];
  const child = spawn(command ?? '', rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  const end = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const lines = linesOf(child);
  return {
    process: child,
    said: async () => {
      const line = await lines.next();
      if (line.done === true) throw new Error(`${file} ended before it printed a line.`);
      return JSON.parse(line.value) as Said;
    },
    ended: async () => {
      const [code, signal] = await end;
      return { code, signal };
    },
  };
}

/** Runs a program to its end; resolves with the first line that it printed. */
export async function runProgram(program: Program, args: readonly string[]): Promise<Said> {
  const running = startProgram(program, args);
  const said = await running.said();
  const { code } = await running.ended();
  if (code !== 0) throw new Error(`The program exited with code ${String(code)}.`);
  return said;
}

async function* linesOf({ stdout }: ChildProcess): AsyncGenerator<string, void, void> {
  let text = '';
  for await (const chunk of stdout ?? []) {
    const parts = (text + String(chunk)).split('\n');
    text = parts.pop() ?? '';
    yield* parts;
  }
}
