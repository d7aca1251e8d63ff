import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs in every thread of a service, and injects what the files of a folder ask for. */
const program = (folder: string): string => `
  import fs from 'node:fs';
  import { setTimeout as pause } from 'node:timers/promises';
  import { syncBuiltinESMExports } from 'node:module';
  import { isMainThread, workerData } from 'node:worker_threads';
  const asks = (name) => fs.existsSync(${JSON.stringify(folder)} + '/' + name);
  const { statfs } = fs.promises;
  fs.promises.statfs = async (path) => {
    const real = await statfs(path);
    while (asks('disk-hang')) await pause(50);
    if (asks('disk-full')) return { ...real, bavail: 0 };
    if (asks('no-files-left')) return { ...real, files: 10, ffree: 0 };
    return asks('disk-low') ? { ...real, bsize: 4096, bavail: 2560 } : real;
  };
  syncBuiltinESMExports();
  const threads = { consumers: 'eventStoreUrl', writer: 'logId' };
  for (const [name, member] of Object.entries(threads)) {
    if (isMainThread || workerData === null || !(member in workerData)) continue;
    setInterval(() => {
      while (asks(name + '-freeze'));
      if (asks(name + '-die')) throw new Error('The test ended the thread: ' + name);
    }, 50).unref();
  }`;

/** Faults that a service injects into itself while they are on. */
export class Controls {
  constructor(private readonly folder: string) {}

  get environment(): Readonly<Record<string, string>> {
    const code = encodeURIComponent(program(this.folder));
    return { NODE_OPTIONS: `--import=data:text/javascript,${code}` };
  }

  /** @returns what ends the fault */
  on(name: string): () => void {
    const file = join(this.folder, name);
    writeFileSync(file, '');
    return () => {
      rmSync(file, { force: true });
    };
  }
}
