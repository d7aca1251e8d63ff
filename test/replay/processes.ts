import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The service in a separate process, on a free port and a temporary folder. */
export interface ServiceProcess {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startService(dataFolder: string): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ['dist/apps/standalone/main.js'], {
    env: { ...process.env, DATA_DIR: dataFolder, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    url: await urlOf(child),
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** The address is in the first line that the service prints. */
async function urlOf(child: ChildProcess): Promise<string> {
  let printed = '';
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    const url = /http:\/\/\S+(?=\n)/.exec(printed)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`The service did not start: ${printed}`);
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the replay like a user; `during` may act on its process. */
export async function runReplay(
  dataFolder: string,
  parameters: readonly string[],
  during: (child: ChildProcess) => Promise<void> = () => Promise.resolve(),
): Promise<Ended> {
  const child = spawn(process.execPath, ['dist/apps/cli/replay/main.js', ...parameters], {
    env: { ...process.env, DATA_DIR: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const closed = once(child, 'close') as Promise<[number | null]>;
  await during(child);
  const [code] = await closed;
  return { code, stdout, stderr };
}
