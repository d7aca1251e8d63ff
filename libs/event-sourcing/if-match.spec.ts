import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { add, Desk, fill, forbidden, notYou } from './testing/counter.js';
import { addElsewhere, ContestedLog } from './testing/faulty-logs.js';

describe('a command with an expected revision', () => {
  it('runs if the stream is at that revision', async () => {
    const desk = new Desk();
    await desk.run(add(1, 1));
    expect(await desk.run(add(1), { ifMatch: [1] })).toMatchObject({ kind: 'done', revision: 2 });
  });

  it.each([0, 2, 99, -1])(
    'is refused if the stream is at 1 and the caller expects %i',
    async (ifMatch) => {
      const desk = new Desk();
      await desk.run(add(1, 1));
      for (const command of [add(1), fill(2), fill(1)]) {
        expect(await desk.run(command, { ifMatch: [ifMatch] })).toStrictEqual({
          kind: 'revision_mismatch',
          revision: 1,
        });
      }
      expect(await desk.amounts()).toStrictEqual([1, 1]);
    },
  );

  it('is refused if the stream does not exist', async () => {
    const desk = new Desk();
    expect(await desk.run(add(1), { ifMatch: [0] })).toStrictEqual({
      kind: 'revision_mismatch',
      revision: -1,
    });
  });

  it('reports a forbidden actor before a revision mismatch', async () => {
    const desk = new Desk();
    await desk.run(add(1));
    const refused = { kind: 'refused', refusal: notYou };
    expect(await desk.run(forbidden, { ifMatch: [7] })).toStrictEqual(refused);
    expect(await desk.run(forbidden, { ifMatch: [0] })).toStrictEqual(refused);
  });

  it('can be refused for other reasons if the revision matches', async () => {
    const desk = new Desk();
    await desk.run(add(3));
    expect(await desk.run(fill(1), { ifMatch: [0] })).toMatchObject({ kind: 'refused' });
  });

  it('can be a harmless repeat if the revision matches', async () => {
    const desk = new Desk();
    await desk.run(add(3));
    expect(await desk.run(fill(3), { ifMatch: [0] })).toMatchObject({ kind: 'done', events: [] });
  });

  it('is compared with the log, not with the cached state', async () => {
    const log = new MemoryEventStore();
    const desk = new Desk(log);
    await desk.run(add(1));
    await addElsewhere(log, 'counter', 1);
    expect(await desk.run(add(1), { ifMatch: [0] })).toStrictEqual({
      kind: 'revision_mismatch',
      revision: 1,
    });
    await addElsewhere(log, 'counter', 1);
    expect(await desk.run(add(1), { ifMatch: [2] })).toMatchObject({ kind: 'done', revision: 3 });
  });

  it('is not retried when it loses a race', async () => {
    const log = new ContestedLog(0);
    const desk = new Desk(log);
    await desk.run(add(1));
    log.interferences = 1;
    const { appends } = log;
    expect(await desk.run(add(5), { ifMatch: [0] })).toStrictEqual({
      kind: 'revision_mismatch',
      revision: 1,
    });
    expect(log.appends).toBe(appends + 1);
    expect(await desk.amounts()).toStrictEqual([1, 1]);
  });
});
