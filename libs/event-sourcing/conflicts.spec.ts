import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { add, Desk, empty, fill } from './testing/counter.js';
import { addElsewhere, ContestedLog, FailingLog } from './testing/faulty-logs.js';

describe('a cached state that is stale', () => {
  /** A desk that has cached a counter at 1 while another process has raised it to 11. */
  async function stale(): Promise<Desk> {
    const log = new MemoryEventStore();
    const desk = new Desk(log);
    await desk.run(add(1));
    await addElsewhere(log, 'counter', 10);
    return desk;
  }

  it('is reloaded when an accepted command conflicts', async () => {
    const desk = await stale();
    expect(await desk.run(add(5))).toMatchObject({ revision: 2, after: { total: 16 } });
  });

  it('is reloaded before a refusal, which may no longer apply', async () => {
    const other = await stale();
    const desk = new Desk(other.log);
    await desk.run(add(1));
    await other.run(empty);
    // The cached total is 12.
    expect(await desk.run(fill(5))).toMatchObject({ kind: 'done', after: { total: 5 } });
  });

  it('does not let through a command that must now be refused', async () => {
    const desk = await stale();
    // The cached total is 1.
    expect(await desk.run(fill(5))).toMatchObject({ kind: 'refused' });
    expect(await desk.amounts()).toStrictEqual([1, 10]);
  });

  it('is reloaded before a harmless repeat, which may no longer be one', async () => {
    const desk = await stale();
    // The cached total is 1.
    expect(await desk.run(fill(1))).toMatchObject({ kind: 'refused' });
  });

  it('can turn an accepted command into a harmless repeat after the reload', async () => {
    const desk = await stale();
    expect(await desk.run(fill(11))).toMatchObject({ kind: 'done', events: [], revision: 1 });
  });
});

describe('a race against another process', () => {
  it.each([1, 2, 7])('lost %i times decides the command again each time', async (times) => {
    const log = new ContestedLog(times);
    const desk = new Desk(log);
    expect(await desk.run(add(100))).toMatchObject({
      kind: 'done',
      revision: times,
      after: { total: 100 + times },
    });
    expect(log.appends).toBe(times + 1);
    const [last] = await log.readStream('counter', { from: times, limit: 1 });
    expect(last?.metadata).toMatchObject({ before: { total: times } });
  });

  it('can have another outcome when the command is decided again', async () => {
    const desk = new Desk(new ContestedLog(1));
    expect(await desk.run(fill(1))).toMatchObject({ kind: 'done', events: [] });
    expect(await desk.amounts()).toStrictEqual([1]);
  });

  it('lost too many times fails and appends nothing', async () => {
    const log = new ContestedLog(Infinity);
    const desk = new Desk(log);
    await expect(desk.run(add(100))).rejects.toThrow(StoreUnavailable);
    expect(log.appends).toBe(8);
    expect(await desk.amounts()).toStrictEqual(Array(8).fill(1));
    log.interferences = 0;
    expect(await desk.run(add(100))).toMatchObject({ kind: 'done', revision: 8 });
  });

  it('between two processes loses no command', async () => {
    const one = new Desk();
    const other = new Desk(one.log);
    const commands = Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? one : other).run(add(1)));
    for (const outcome of await Promise.all(commands)) expect(outcome.kind).toBe('done');
    expect(await one.amounts()).toStrictEqual(Array(30).fill(1));
    for (const desk of [one, other]) await desk.run(fill(30));
    expect(await one.state()).toStrictEqual({ total: 30, events: 30 });
    expect(await other.state()).toStrictEqual({ total: 30, events: 30 });
  });
});

describe('a log that fails', () => {
  it.each(['fails before', 'fails after'] as const)(
    'and %s the append reports an error',
    async (next) => {
      const log = new FailingLog();
      const desk = new Desk(log);
      await desk.run(add(1));
      log.next = next;
      await expect(desk.run(add(2))).rejects.toThrow(StoreUnavailable);
      // Either way, the next command sees the log as it is.
      const there = next === 'fails after' ? [1, 2] : [1];
      expect(await desk.amounts()).toStrictEqual(there);
      await desk.run(add(4));
      expect(await desk.amounts()).toStrictEqual([...there, 4]);
      expect((await desk.state()).total).toBe(next === 'fails after' ? 7 : 5);
    },
  );
});
