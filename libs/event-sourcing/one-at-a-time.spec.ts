import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { OneAtATime } from './one-at-a-time.js';

/** A task that runs until the test resolves or rejects it. */
function aTask(name: string, log: string[]) {
  const { promise, resolve, reject } = withResolvers<string>();
  const run = async (): Promise<string> => {
    log.push(`${name} begins`);
    try {
      return await promise;
    } finally {
      log.push(`${name} ends`);
    }
  };
  return { run, resolve, reject };
}

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<Value>((succeed, fail) => {
    resolve = succeed;
    reject = fail;
  });
  return { promise, resolve, reject };
}

/** Lets all pending microtasks run. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('one at a time', () => {
  it('runs tasks with the same key in order, one after the other', async () => {
    const inOrder = new OneAtATime();
    const log: string[] = [];
    const tasks = ['first', 'second', 'third'].map((name) => aTask(name, log));
    const results = tasks.map(({ run }) => inOrder.run('key', run));
    await settle();
    expect(log).toStrictEqual(['first begins']);
    // The others could finish but still wait for the first one.
    for (const { resolve } of tasks.slice(1)) resolve('done');
    await settle();
    expect(log).toStrictEqual(['first begins']);
    tasks[0]?.resolve('done');
    await Promise.all(results);
    expect(log).toStrictEqual(
      ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });

  it('starts at once if no task is running', () => {
    const log: string[] = [];
    void new OneAtATime().run('key', aTask('task', log).run);
    expect(log).toStrictEqual(['task begins']);
  });

  it('runs tasks with different keys at the same time', async () => {
    const inOrder = new OneAtATime();
    const log: string[] = [];
    const tasks = ['a', 'b', 'c'].map((name) => ({ name, ...aTask(name, log) }));
    const results = tasks.map(({ name, run }) => inOrder.run(name, run));
    expect(log).toStrictEqual(['a begins', 'b begins', 'c begins']);
    tasks[2]?.resolve('done');
    expect(await results[2]).toBe('done');
    for (const { resolve } of tasks) resolve('done');
    await Promise.all(results);
  });

  it('returns each task its own result', async () => {
    const inOrder = new OneAtATime();
    const results = [1, 2, 3].map((n) => inOrder.run('key', () => Promise.resolve(n)));
    expect(await Promise.all(results)).toStrictEqual([1, 2, 3]);
  });

  it('continues after a failed task, which fails for its own caller only', async () => {
    const inOrder = new OneAtATime();
    const log: string[] = [];
    const failing = aTask('failing', log);
    const next = aTask('next', log);
    const failed = inOrder.run('key', failing.run);
    const done = inOrder.run('key', next.run);
    failing.reject(new Error('It failed.'));
    next.resolve('done');
    await expect(failed).rejects.toThrow('It failed.');
    expect(await done).toBe('done');
    expect(log).toStrictEqual(['failing begins', 'failing ends', 'next begins', 'next ends']);
  });

  it('keeps the order of tasks added while others end', async () => {
    const inOrder = new OneAtATime();
    const seen: number[] = [];
    const add = (n: number): Promise<void> =>
      inOrder.run('key', async () => {
        await settle();
        seen.push(n);
        if (n < 5) void add(n + 10);
      });
    await Promise.all([1, 2, 3].map(add));
    await inOrder.run('key', () => Promise.resolve());
    expect(seen).toStrictEqual([1, 2, 3, 11, 12, 13]);
  });

  it('releases the memory of a finished key', async () => {
    const inOrder = new OneAtATime();
    let result: object | null = { large: 'x'.repeat(1_000_000) };
    const kept = new WeakRef(result);
    await inOrder.run('key', () => Promise.resolve(result));
    await inOrder.run('failed', () => Promise.reject(new Error())).catch(() => undefined);
    result = null;
    await settle();
    collectGarbage();
    expect(kept.deref()).toBeUndefined();
  });
});

/** Forces a garbage collection. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
