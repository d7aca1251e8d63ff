import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { MemorySnapshotStore } from '#event-store/memory/memory-snapshot-store.js';
import { chainProblems } from '#event-store/testing/chain.js';
import type { CommandObserver, CommandTrail } from './command-observer.js';
import { CommandRunner } from './command-runner.js';
import { aContext, add, counter, counterCodec, fill, forbidden } from './testing/counter.js';
import { ContestedLog, FailingLog } from './testing/faulty-logs.js';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** Records each call as a short text. */
class RecordingObserver implements CommandObserver {
  calls: string[] = [];
  traceparent: string | undefined = undefined;

  started(command: string): CommandTrail {
    const { calls, traceparent } = this;
    calls.push(`started ${command}`);
    return {
      traceparent,
      stateLookedUp: (cached) => calls.push(cached ? 'cached' : 'not cached'),
      phaseStarted: (phase) => calls.push(phase),
      phaseEnded: () => calls.push('phase ended'),
      conflicted: () => calls.push('conflicted'),
      completed: ({ kind }) => calls.push(kind),
      failed: (error) => calls.push((error as Error).name),
    };
  }

  /** The calls since the last `take`. */
  take(): string[] {
    return this.calls.splice(0);
  }
}

const observed = (log: EventStore = new MemoryEventStore()) => {
  const observer = new RecordingObserver();
  const snapshots = new MemorySnapshotStore();
  const runner = new CommandRunner(counter, counterCodec, log, snapshots, () => 0, observer);
  const run = (command: Parameters<typeof runner.run>[1], context = {}) =>
    runner.run('counter', command, aContext(context));
  return { log, observer, run };
};

describe('a command observer', () => {
  it('sees a command with and without a cached state', async () => {
    const { observer, run } = observed();
    await run(add(1));
    expect(observer.take()).toEqual([
      ...['started add', 'not cached', 'load', 'phase ended', 'append', 'phase ended', 'done'],
    ]);
    await run(add(1));
    expect(observer.take()).toEqual(['started add', 'cached', 'append', 'phase ended', 'done']);
  });

  it('sees that a command which appends nothing loads the stream again', async () => {
    const { observer, run } = observed();
    await run(add(1));
    observer.take();
    await run(fill(1));
    expect(observer.take()).toEqual(['started fill', 'cached', 'load', 'phase ended', 'done']);
    await run(forbidden);
    expect(observer.take()).toEqual([
      'started forbidden',
      'cached',
      'load',
      'phase ended',
      'refused',
    ]);
    await run(add(1), { ifMatch: [7] });
    expect(observer.take()).toEqual([
      'started add',
      'cached',
      'load',
      'phase ended',
      'revision_mismatch',
    ]);
  });

  it('sees each lost race and the new decision', async () => {
    const { observer, run } = observed(new ContestedLog(2));
    await run(add(1));
    const again = ['conflicted', 'load', 'phase ended', 'cached', 'append'];
    expect(observer.take()).toEqual([
      ...[
        'started add',
        'not cached',
        'load',
        'phase ended',
        'append',
        ...again,
        ...again,
        'phase ended',
        'done',
      ],
    ]);
  });

  it('sees a failure in the phase that failed', async () => {
    const log = new FailingLog();
    const { observer, run } = observed(log);
    log.next = 'fails before';
    await expect(run(add(1))).rejects.toThrow('The disk is full.');
    expect(observer.take().slice(-2)).toEqual(['append', 'StoreUnavailable']);
  });

  it('sets the trace context of the events, which the hash chain covers', async () => {
    const { log, observer, run } = observed();
    observer.traceparent = TRACE;
    await run(add(1), { traceparent: '00-of-the-caller' });
    observer.traceparent = undefined;
    await run(add(1), { traceparent: '00-of-the-caller' });
    const events = await log.readStream('counter', { limit: 10 });
    expect(events.map(({ metadata }) => metadata['traceparent'])).toEqual([TRACE, undefined]);
    expect(events.map(({ metadata }) => 'traceparent' in metadata)).toEqual([true, false]);
    expect(chainProblems(events)).toEqual([]);
  });
});
