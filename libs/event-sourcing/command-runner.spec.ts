import { describe, expect, it } from '@jest/globals';
import { START } from '#event-store/event-store.js';
import { chainProblems } from '#event-store/testing/chain.js';
import { eventIdOf } from './identity.js';
import { add, Desk, empty, fill, forbidden, notYou, tooFull } from './testing/counter.js';
import { CountingLog } from './testing/faulty-logs.js';

const commandId = '019ab3c4-5d6e-7f80-9123-456789abcdef';

describe('a command that is accepted', () => {
  it('is in the log when it resolves, and returns its result', async () => {
    const desk = new Desk();
    expect(await desk.run(add(3, 4))).toStrictEqual({
      kind: 'done',
      replayed: false,
      revision: 1,
      position: await desk.log.headPosition(),
      events: ['Added', 'Added'],
      after: { total: 7 },
    });
    expect(await desk.run(empty)).toMatchObject({
      revision: 2,
      events: ['Emptied'],
      after: { total: 0 },
    });
    expect(await desk.amounts()).toStrictEqual([3, 4, 'Emptied']);
    expect(await desk.state()).toStrictEqual({ total: 0, events: 3 });
  });

  it('stores actor, time, cause, and the state before and after in its events', async () => {
    const desk = new Desk();
    await desk.run(add(1));
    await desk.run(add(3, 4), {
      commandId,
      at: '2026-12-01T00:00:00.000Z',
      correlationId: 'the-whole-story',
      causationId: 'an-event-before',
    });
    const common = {
      actor: { id: 'alice', tenant: 'acme', role: 'adder' },
      commandId,
      correlationId: 'the-whole-story',
      causationId: 'an-event-before',
    };
    const events = await desk.log.readStream('counter', { from: 1, limit: 10 });
    expect(events).toMatchObject([
      { type: 'Added', schemaVersion: 1, at: '2026-12-01T00:00:00.000Z', data: { amount: 3 } },
      { type: 'Added', schemaVersion: 1, at: '2026-12-01T00:00:00.000Z', data: { amount: 4 } },
    ]);
    expect(events.map(({ metadata }) => metadata)).toStrictEqual([
      { ...common, before: { total: 1 }, after: { total: 4 } },
      { ...common, before: { total: 4 }, after: { total: 8 } },
    ]);
    expect(events.map(({ id }) => id)).toStrictEqual([
      eventIdOf(commandId, 0),
      eventIdOf(commandId, 1),
    ]);
  });

  it('stores no state before the first event', async () => {
    const desk = new Desk();
    await desk.run(add(3, 4));
    const [first, second] = await desk.log.readStream('counter', { limit: 10 });
    expect(first?.metadata).not.toHaveProperty('before');
    expect(first?.metadata['after']).toStrictEqual({ total: 3 });
    expect(second?.metadata['before']).toStrictEqual({ total: 3 });
  });

  it('stores trace context and fingerprint if it has them', async () => {
    const desk = new Desk();
    await desk.run(add(1));
    await desk.run(add(2), { traceparent: '00-trace-span-01', fingerprint: 'digest' });
    const [without, having] = await desk.log.readStream('counter', { limit: 10 });
    expect(without?.metadata).not.toHaveProperty('traceparent');
    expect(without?.metadata).not.toHaveProperty('request');
    expect(having?.metadata).toMatchObject({ traceparent: '00-trace-span-01', request: 'digest' });
  });

  it('continues at the end of the log after a restart', async () => {
    const desk = new Desk();
    await desk.run(add(3));
    desk.restart();
    expect(await desk.run(add(4))).toMatchObject({ revision: 1, after: { total: 7 } });
    expect(chainProblems(await desk.log.readStream('counter', { limit: 10 }))).toStrictEqual([]);
  });

  it('reads nothing if the state is cached', async () => {
    const log = new CountingLog();
    const desk = new Desk(log);
    await desk.run(add(1));
    const { reads } = log;
    for (let n = 0; n < 10; n++) await desk.run(add(1));
    expect(log.reads).toBe(reads);
    expect(log.appends).toBe(11);
  });
});

describe('a command that is refused', () => {
  it('returns the refusal and appends nothing', async () => {
    const desk = new Desk();
    await desk.run(add(3));
    const outcome = await desk.run(fill(2));
    expect(outcome).toStrictEqual({ kind: 'refused', refusal: tooFull });
    expect(await desk.run(forbidden)).toStrictEqual({ kind: 'refused', refusal: notYou });
    expect(await desk.amounts()).toStrictEqual([3]);
  });
});

describe('a harmless repeat', () => {
  it('succeeds, appends nothing, and returns the current revision', async () => {
    const desk = new Desk();
    const first = await desk.run(fill(5));
    await desk.runOn('another', add(1));
    expect(await desk.run(fill(5))).toStrictEqual({ ...first, events: [] });
    expect(await desk.amounts()).toStrictEqual([5]);
  });

  it('on a stream that does not exist returns revision -1', async () => {
    const desk = new Desk();
    expect(await desk.run(fill(0))).toStrictEqual({
      kind: 'done',
      replayed: false,
      revision: -1,
      position: START,
      events: [],
      after: null,
    });
    expect(await desk.log.headPosition()).toBe(START);
  });
});

describe('many commands at once', () => {
  it('on one stream are decided one after the other without conflicts', async () => {
    const log = new CountingLog();
    const desk = new Desk(log);
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => desk.run(add(1))));
    expect(outcomes.map((outcome) => outcome.kind === 'done' && outcome.revision)).toStrictEqual(
      Array.from({ length: 50 }, (_, index) => index),
    );
    expect(log.appends).toBe(50);
  });

  it('on different streams do not wait for each other', async () => {
    const log = new CountingLog();
    const desk = new Desk(log);
    const streams = Array.from({ length: 20 }, (_, n) => `counter-${n}`);
    await Promise.all(streams.map((stream, n) => desk.runOn(stream, add(n))));
    for (const [n, stream] of streams.entries()) {
      expect(await desk.state(stream)).toStrictEqual({ total: n, events: 1 });
    }
  });
});
