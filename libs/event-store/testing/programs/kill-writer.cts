/**
 * Preloaded with `--require` into a process with an embedded log: its writer thread dies at the next
 * group, or hangs, while the file that KILL_WRITER names exists. The file's text says how, and whether
 * before the group is written or after.
 */
import fs = require('node:fs');
import threads = require('node:worker_threads');

const { isMainThread, parentPort } = threads;

const file = process.env['KILL_WRITER'] ?? '';

const ways: Readonly<Record<string, () => void>> = {
  throws: () => {
    throw new Error('killed by a test');
  },
  exits: () => process.exit(3),
  'runs out of memory': () => {
    for (const held: string[][] = []; ;) held.push(Array.from({ length: 1_000 }, String));
  },
  hangs: () => {
    const never = new Int32Array(new SharedArrayBuffer(4));
    while (fs.existsSync(file)) Atomics.wait(never, 0, 0, 20);
  },
};

const failIfTold = (when: string) => {
  let text = '';
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return;
  }
  const [how = '', moment] = text.split(', ');
  if (moment === when) ways[how]?.();
};

const isWriter = !isMainThread && 'folder' in (threads.workerData as object);
if (isWriter && parentPort !== null) {
  const on = parentPort.on.bind(parentPort);
  const value = (event: string, listener: (message: unknown) => void) =>
    on(event, (message: unknown) => {
      failIfTold('before');
      listener(message);
    });
  Object.defineProperty(parentPort, 'on', { value });
  const post = parentPort.postMessage.bind(parentPort);
  parentPort.postMessage = (message: object): void => {
    if ('outcomes' in message) failIfTold('after');
    post(message);
  };
}
