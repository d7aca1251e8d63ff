import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { add, Desk, empty, fill } from './testing/counter.js';
import { addElsewhere, ContestedLog, FailingLog } from './testing/unruly-logs.js';

describe('a kept state that is behind the log', () => {
  /** A desk that has seen a counter at 1, while somebody else has made it 11. */
  async function behind(): Promise<Desk> {
    const log = new MemoryEventStore();
    const desk = new Desk(log);
    await desk.run(add(1));
    await addElsewhere(log, 'counter', 10);
    return desk;
  }

  it('is caught up by a command that it would accept', async () => {
    const desk = await behind();
    expect(await desk.run(add(5))).toMatchObject({ revision: 2, after: { total: 16 } });
  });

  it('is caught up before a refusal: it may be accepted by now', async () => {
    const other = await behind();
    const desk = new Desk(other.log);
    await desk.run(add(1));
    await other.run(empty);
    // As far as the desk has seen, there are 12.
    expect(await desk.run(fill(5))).toMatchObject({ kind: 'done', after: { total: 5 } });
  });

  it('accepts nothing that is to be refused by now', async () => {
    const desk = await behind();
    // As far as the desk has seen, there is 1.
    expect(await desk.run(fill(5))).toMatchObject({ kind: 'refused' });
    expect(await desk.amounts()).toStrictEqual([1, 10]);
  });

  it('is caught up before a harmless repeat: it may not be one any more', async () => {
    const desk = await behind();
    // As far as the desk has seen, there is 1.
    expect(await desk.run(fill(1))).toMatchObject({ kind: 'refused' });
  });

  it('may make a repeat of a command that it would accept', async () => {
    const desk = await behind();
    expect(await desk.run(fill(11))).toMatchObject({ kind: 'done', events: [], revision: 1 });
  });
});

describe('a race against another process', () => {
  it.each([1, 2, 7])('that is lost %i times is decided again each time', async (times) => {
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

  it('may be decided otherwise when it is decided again', async () => {
    const desk = new Desk(new ContestedLog(1));
    expect(await desk.run(fill(1))).toMatchObject({ kind: 'done', events: [] });
    expect(await desk.amounts()).toStrictEqual([1]);
  });

  it('that is lost again and again is given up, and nothing is appended', async () => {
    const log = new ContestedLog(Infinity);
    const desk = new Desk(log);
    await expect(desk.run(add(100))).rejects.toThrow(StoreUnavailable);
    expect(log.appends).toBe(8);
    expect(await desk.amounts()).toStrictEqual(Array(8).fill(1));
    log.interferences = 0;
    expect(await desk.run(add(100))).toMatchObject({ kind: 'done', revision: 8 });
  });

  it('between two desks loses nothing', async () => {
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
  it.each(['fails before', 'fails after'] as const)('and %s the append is told', async (next) => {
    const log = new FailingLog();
    const desk = new Desk(log);
    await desk.run(add(1));
    log.next = next;
    await expect(desk.run(add(2))).rejects.toThrow(StoreUnavailable);
    // Whether it is there or not: the next command sees the log as it is.
    const there = next === 'fails after' ? [1, 2] : [1];
    expect(await desk.amounts()).toStrictEqual(there);
    await desk.run(add(4));
    expect(await desk.amounts()).toStrictEqual([...there, 4]);
    expect((await desk.state()).total).toBe(next === 'fails after' ? 7 : 5);
  });
});
