import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from './command-runner.js';
import { add, Desk, empty, fill, tooFull } from './testing/counter.js';
import { FailingLog } from './testing/faulty-logs.js';

describe('a command with an idempotency key', () => {
  let key: { commandId: string; fingerprint: string };
  let desk: Desk;
  beforeEach(() => {
    key = { commandId: randomUUID(), fingerprint: 'the request' };
    desk = new Desk();
  });
  const reused = { kind: 'idempotency_key_reused' };

  it('returns the first answer again and acts once', async () => {
    const first = await desk.run(add(3, 4), key);
    expect(first).toMatchObject({ kind: 'done', replayed: false });
    expect(await desk.run(add(3, 4), key)).toStrictEqual({ ...first, replayed: true });
    expect(await desk.amounts()).toStrictEqual([3, 4]);
  });

  it('returns the first answer after a restart and after newer events', async () => {
    const first = await desk.run(add(3, 4), key);
    await desk.run(add(5));
    await desk.run(empty);
    const again = { ...first, replayed: true };
    expect(await desk.run(add(3, 4), key)).toStrictEqual(again);
    desk.restart();
    expect(await desk.run(add(3, 4), key)).toStrictEqual(again);
    expect(await desk.amounts()).toStrictEqual([3, 4, 5, 'Emptied']);
  });

  it('returns the first answer even if it would now be refused or the revision has changed', async () => {
    const first = await desk.run(fill(3), { ...key, ifMatch: [-1] });
    await desk.run(add(5));
    expect(await desk.run(fill(3), { ...key, ifMatch: [-1] })).toStrictEqual({
      ...first,
      replayed: true,
    });
  });

  it('reports a reused key if the request is different', async () => {
    await desk.run(add(3), key);
    const other = { ...key, fingerprint: 'another request' };
    expect(await desk.run(add(4), other)).toStrictEqual(reused);
    desk.restart();
    expect(await desk.run(add(4), other)).toStrictEqual(reused);
    expect(await desk.runOn('elsewhere', add(4), other)).toStrictEqual(reused);
    expect(await desk.amounts()).toStrictEqual([3]);
    expect(await desk.amounts('elsewhere')).toStrictEqual([]);
  });

  it('is decided again if it was refused before', async () => {
    await desk.run(add(5));
    expect(await desk.run(fill(3), key)).toStrictEqual({ kind: 'refused', refusal: tooFull });
    await desk.run(empty);
    expect(await desk.run(fill(3), key)).toMatchObject({ kind: 'done', replayed: false });
  });

  it('is decided again if the revision did not match before', async () => {
    await desk.run(add(5));
    const outcome = await desk.run(add(1), { ...key, ifMatch: [9] });
    expect(outcome).toMatchObject({ kind: 'revision_mismatch' });
    expect(await desk.run(add(1), { ...key, ifMatch: [0] })).toMatchObject({ replayed: false });
  });

  it('is decided again, with any request, if it appended nothing before', async () => {
    await desk.run(add(5));
    expect(await desk.run(fill(5), key)).toMatchObject({ events: [], replayed: false });
    const other = { ...key, fingerprint: 'another request' };
    expect(await desk.run(add(1), other)).toMatchObject({ events: ['Added'], replayed: false });
  });

  const acted = (outcomes: readonly Outcome[]) =>
    outcomes.map((outcome) => (outcome.kind === 'done' ? outcome.replayed : outcome.kind)).sort();

  it('acts once when sent several times at once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => desk.run(add(3, 4), key)));
    expect(acted(outcomes)).toStrictEqual([false, true, true]);
    expect(new Set(outcomes.map((outcome) => 'revision' in outcome && outcome.revision)).size).toBe(
      1,
    );
    expect(await desk.amounts()).toStrictEqual([3, 4]);
  });

  it('acts once when sent to two processes at once', async () => {
    const other = new Desk(desk.log);
    const outcomes = await Promise.all([desk.run(add(3, 4), key), other.run(add(3, 4), key)]);
    expect(acted(outcomes)).toStrictEqual([false, true]);
    const [one, another] = outcomes;
    expect({ ...one, replayed: true }).toStrictEqual({ ...another, replayed: true });
    expect(await desk.amounts()).toStrictEqual([3, 4]);
    // Both processes have the current state.
    expect(await other.run(add(1))).toMatchObject({ revision: 2, after: { total: 8 } });
    expect(await desk.run(add(1))).toMatchObject({ revision: 3, after: { total: 9 } });
  });

  it('acts for one of two different requests sent to two processes at once', async () => {
    const other = new Desk(desk.log);
    const outcomes = await Promise.all([
      desk.run(add(3), key),
      other.run(add(4), { ...key, fingerprint: 'another request' }),
    ]);
    expect(outcomes).toMatchObject([{ kind: 'done', after: { total: 3 } }, reused]);
    expect(await desk.amounts()).toStrictEqual([3]);
    // The losing process has not cached its own events.
    expect(await other.run(add(1))).toMatchObject({ revision: 1, after: { total: 4 } });
  });

  it('acts on one of two streams when sent to both at once', async () => {
    const outcomes = await Promise.all([
      desk.runOn('one', add(3), key),
      desk.runOn('other', add(4), { ...key, fingerprint: 'another request' }),
    ]);
    expect(acted(outcomes)).toStrictEqual([false, reused.kind]);
    expect(await desk.amounts('one')).toStrictEqual([3]);
    expect(await desk.amounts('other')).toStrictEqual([]);
  });

  it('is answered from the log if the first answer was lost', async () => {
    const log = new FailingLog();
    desk = new Desk(log);
    log.next = 'fails after';
    await expect(desk.run(add(3), key)).rejects.toThrow('The connection was cut.');
    expect(await desk.run(add(3), key)).toMatchObject({ kind: 'done', replayed: true });
    expect(await desk.amounts()).toStrictEqual([3]);
    expect(await desk.run(add(4))).toMatchObject({ revision: 1, after: { total: 7 } });
  });

  it('runs on retry if the log failed before the append', async () => {
    const log = new FailingLog();
    desk = new Desk(log);
    log.next = 'fails before';
    await expect(desk.run(add(3), key)).rejects.toThrow('The disk is full.');
    expect(await desk.run(add(3), key)).toMatchObject({ kind: 'done', replayed: false });
    expect(await desk.amounts()).toStrictEqual([3]);
  });
});

describe('a command without an idempotency key', () => {
  it('acts every time', async () => {
    const desk = new Desk();
    await desk.run(add(3));
    await desk.run(add(3));
    expect(await desk.amounts()).toStrictEqual([3, 3]);
  });

  it('with an id that another stream already has throws and appends nothing', async () => {
    const desk = new Desk();
    const commandId = randomUUID();
    await desk.run(add(3), { commandId });
    await expect(desk.runOn('other', add(4), { commandId })).rejects.toThrow(
      `Command ${commandId} uses the id of an event that is already in the log.`,
    );
    expect(await desk.amounts('other')).toStrictEqual([]);
  });
});
