import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { MemorySnapshotStore } from '#event-store/memory/memory-snapshot-store.js';
import { chainProblems } from '#event-store/testing/chain.js';
import type { CommandObserver, CommandTrail } from './command-observer.js';
import { CommandRunner } from './command-runner.js';
import { aContext, add, counter, counterCodec, fill, forbidden } from './testing/counter.js';
import { ContestedLog, FailingLog } from './testing/unruly-logs.js';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** Writes down what it is told, a word each. */
class Witness implements CommandObserver {
  told: string[] = [];
  traceparent: string | undefined = undefined;

  given(command: string): CommandTrail {
    const { told, traceparent } = this;
    told.push(`given ${command}`);
    return {
      traceparent,
      looked: (kept) => told.push(kept ? 'kept' : 'not kept'),
      entered: (part) => told.push(part),
      left: () => told.push('left'),
      conflicted: () => told.push('conflicted'),
      answered: ({ kind }) => told.push(kind),
      failed: (error) => told.push((error as Error).name),
    };
  }

  /** What was told since this was last asked. */
  take(): string[] {
    return this.told.splice(0);
  }
}

const observed = (log: EventStore = new MemoryEventStore()) => {
  const witness = new Witness();
  const snapshots = new MemorySnapshotStore();
  const runner = new CommandRunner(counter, counterCodec, log, snapshots, () => 0, witness);
  const run = (command: Parameters<typeof runner.run>[1], context = {}) =>
    runner.run('counter', command, aContext(context));
  return { log, witness, run };
};

describe('whoever follows commands', () => {
  it('hears of a cold one and of a warm one', async () => {
    const { witness, run } = observed();
    await run(add(1));
    expect(witness.take()).toEqual([
      ...['given add', 'not kept', 'load', 'left', 'append', 'left', 'done'],
    ]);
    await run(add(1));
    expect(witness.take()).toEqual(['given add', 'kept', 'append', 'left', 'done']);
  });

  it('hears of what appends nothing, for which the log is asked', async () => {
    const { witness, run } = observed();
    await run(add(1));
    witness.take();
    await run(fill(1));
    expect(witness.take()).toEqual(['given fill', 'kept', 'load', 'left', 'done']);
    await run(forbidden);
    expect(witness.take()).toEqual(['given forbidden', 'kept', 'load', 'left', 'refused']);
    await run(add(1), { ifMatch: 7 });
    expect(witness.take()).toEqual(['given add', 'kept', 'load', 'left', 'revision_mismatch']);
  });

  it('hears of each race that was lost, and that it was decided again', async () => {
    const { witness, run } = observed(new ContestedLog(2));
    await run(add(1));
    const again = ['conflicted', 'load', 'left', 'kept', 'append'];
    expect(witness.take()).toEqual([
      ...['given add', 'not kept', 'load', 'left', 'append', ...again, ...again, 'left', 'done'],
    ]);
  });

  it('hears of a failure in the middle of what failed', async () => {
    const log = new FailingLog();
    const { witness, run } = observed(log);
    log.next = 'fails before';
    await expect(run(add(1))).rejects.toThrow('The disk is full.');
    expect(witness.take().slice(-2)).toEqual(['append', 'StoreUnavailable']);
  });

  it('says which trace the events belong to, which the hash chain seals in', async () => {
    const { log, witness, run } = observed();
    witness.traceparent = TRACE;
    await run(add(1), { traceparent: '00-of-the-caller' });
    witness.traceparent = undefined;
    await run(add(1), { traceparent: '00-of-the-caller' });
    const events = await log.readStream('counter', { limit: 10 });
    expect(events.map(({ metadata }) => metadata['traceparent'])).toEqual([TRACE, undefined]);
    expect(events.map(({ metadata }) => 'traceparent' in metadata)).toEqual([true, false]);
    expect(chainProblems(events)).toEqual([]);
  });
});
