import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from './command-runner.js';
import { add, Desk, empty, fill, tooFull } from './testing/counter.js';
import { FailingLog } from './testing/unruly-logs.js';

describe('a command with an idempotency key', () => {
  let key: { commandId: string; fingerprint: string };
  let desk: Desk;
  beforeEach(() => {
    key = { commandId: randomUUID(), fingerprint: 'the request' };
    desk = new Desk();
  });
  const reused = { kind: 'idempotency_key_reused' };

  it('is answered again as it was answered first, and acts once', async () => {
    const first = await desk.run(add(3, 4), key);
    expect(first).toMatchObject({ kind: 'done', replayed: false });
    expect(await desk.run(add(3, 4), key)).toStrictEqual({ ...first, replayed: true });
    expect(await desk.amounts()).toStrictEqual([3, 4]);
  });

  it('is answered again after a restart, and after the stream went on', async () => {
    const first = await desk.run(add(3, 4), key);
    await desk.run(add(5));
    await desk.run(empty);
    const again = { ...first, replayed: true };
    expect(await desk.run(add(3, 4), key)).toStrictEqual(again);
    desk.restart();
    expect(await desk.run(add(3, 4), key)).toStrictEqual(again);
    expect(await desk.amounts()).toStrictEqual([3, 4, 5, 'Emptied']);
  });

  it('is answered again even where it would be refused by now, or the revision has moved', async () => {
    const first = await desk.run(fill(3), { ...key, ifMatch: -1 });
    await desk.run(add(5));
    expect(await desk.run(fill(3), { ...key, ifMatch: -1 })).toStrictEqual({
      ...first,
      replayed: true,
    });
  });

  it('is told that the key is taken where the request is another one', async () => {
    await desk.run(add(3), key);
    const other = { ...key, fingerprint: 'another request' };
    expect(await desk.run(add(4), other)).toStrictEqual(reused);
    desk.restart();
    expect(await desk.run(add(4), other)).toStrictEqual(reused);
    expect(await desk.runOn('elsewhere', add(4), other)).toStrictEqual(reused);
    expect(await desk.amounts()).toStrictEqual([3]);
    expect(await desk.amounts('elsewhere')).toStrictEqual([]);
  });

  it('is decided anew where it was refused before', async () => {
    await desk.run(add(5));
    expect(await desk.run(fill(3), key)).toStrictEqual({ kind: 'refused', refusal: tooFull });
    await desk.run(empty);
    expect(await desk.run(fill(3), key)).toMatchObject({ kind: 'done', replayed: false });
  });

  it('is decided anew where the revision did not match before', async () => {
    await desk.run(add(5));
    const outcome = await desk.run(add(1), { ...key, ifMatch: 9 });
    expect(outcome).toMatchObject({ kind: 'revision_mismatch' });
    expect(await desk.run(add(1), { ...key, ifMatch: 0 })).toMatchObject({ replayed: false });
  });

  it('is decided anew, with any request, where there was nothing to do before', async () => {
    await desk.run(add(5));
    expect(await desk.run(fill(5), key)).toMatchObject({ events: [], replayed: false });
    const other = { ...key, fingerprint: 'another request' };
    expect(await desk.run(add(1), other)).toMatchObject({ events: ['Added'], replayed: false });
  });

  const acted = (outcomes: readonly Outcome[]) =>
    outcomes.map((outcome) => (outcome.kind === 'done' ? outcome.replayed : outcome.kind)).sort();

  it('acts once where it is given twice at once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => desk.run(add(3, 4), key)));
    expect(acted(outcomes)).toStrictEqual([false, true, true]);
    expect(new Set(outcomes.map((outcome) => 'revision' in outcome && outcome.revision)).size).toBe(
      1,
    );
    expect(await desk.amounts()).toStrictEqual([3, 4]);
  });

  it('acts once where it is given to two processes at once', async () => {
    const other = new Desk(desk.log);
    const outcomes = await Promise.all([desk.run(add(3, 4), key), other.run(add(3, 4), key)]);
    expect(acted(outcomes)).toStrictEqual([false, true]);
    const [one, another] = outcomes;
    expect({ ...one, replayed: true }).toStrictEqual({ ...another, replayed: true });
    expect(await desk.amounts()).toStrictEqual([3, 4]);
    // Both know the stream as it is now.
    expect(await other.run(add(1))).toMatchObject({ revision: 2, after: { total: 8 } });
    expect(await desk.run(add(1))).toMatchObject({ revision: 3, after: { total: 9 } });
  });

  it('acts for one of two requests that come to two processes at once', async () => {
    const other = new Desk(desk.log);
    const outcomes = await Promise.all([
      desk.run(add(3), key),
      other.run(add(4), { ...key, fingerprint: 'another request' }),
    ]);
    expect(outcomes).toMatchObject([{ kind: 'done', after: { total: 3 } }, reused]);
    expect(await desk.amounts()).toStrictEqual([3]);
    // Nobody believes in what never was.
    expect(await other.run(add(1))).toMatchObject({ revision: 1, after: { total: 4 } });
  });

  it('acts on one of two streams to which it is given at once', async () => {
    const outcomes = await Promise.all([
      desk.runOn('one', add(3), key),
      desk.runOn('other', add(4), { ...key, fingerprint: 'another request' }),
    ]);
    expect(acted(outcomes)).toStrictEqual([false, reused.kind]);
    expect(await desk.amounts('one')).toStrictEqual([3]);
    expect(await desk.amounts('other')).toStrictEqual([]);
  });

  it('is answered from the log where the first answer was lost', async () => {
    const log = new FailingLog();
    desk = new Desk(log);
    log.next = 'fails after';
    await expect(desk.run(add(3), key)).rejects.toThrow('The connection was cut.');
    expect(await desk.run(add(3), key)).toMatchObject({ kind: 'done', replayed: true });
    expect(await desk.amounts()).toStrictEqual([3]);
    expect(await desk.run(add(4))).toMatchObject({ revision: 1, after: { total: 7 } });
  });

  it('is carried out where the log failed before it', async () => {
    const log = new FailingLog();
    desk = new Desk(log);
    log.next = 'fails before';
    await expect(desk.run(add(3), key)).rejects.toThrow('The disk is full.');
    expect(await desk.run(add(3), key)).toMatchObject({ kind: 'done', replayed: false });
    expect(await desk.amounts()).toStrictEqual([3]);
  });
});

describe('a command without an idempotency key', () => {
  it('acts each time', async () => {
    const desk = new Desk();
    await desk.run(add(3));
    await desk.run(add(3));
    expect(await desk.amounts()).toStrictEqual([3, 3]);
  });

  it('with an id that is on the log elsewhere is a fault, and nothing is appended', async () => {
    const desk = new Desk();
    const commandId = randomUUID();
    await desk.run(add(3), { commandId });
    await expect(desk.runOn('other', add(4), { commandId })).rejects.toThrow(
      `Command ${commandId} has the id of an event on the log.`,
    );
    expect(await desk.amounts('other')).toStrictEqual([]);
  });
});
