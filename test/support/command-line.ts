import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** How a run of the command line ended, and what it printed. */
export interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs `tickets …` as one person on a service. */
export const runCommandLine = (url: string, token: string, ...words: string[]): Promise<Run> =>
  new Promise((resolve) => {
    const main = 'dist/apps/cli/main.js';
    const child = execFile(
      process.execPath,
      [main, '--url', url, '--token', token, ...words],
      { cwd: root },
      (_, output, errors) => {
        resolve({ code: child.exitCode ?? -1, output, errors });
      },
    );
  });
