import { setTimeout } from 'node:timers/promises';
import { beforeEach, expect, it } from '@jest/globals';
import type { EventReader } from '#event-store/event-store.js';
import { consume } from '#consuming/consume.js';
import { LogReader } from '#consuming/log-reader.js';
import { GapInStream, type Projection } from '#projections/projection.js';
import { LeaseLost } from '#consuming/lease.js';
import { CopyMoved, type ViewStore } from '../view-store.js';
import { leaseOf } from '#consuming/testing/leases.js';
import { openedAt, type Place } from '#consuming/testing/opened.js';
import { AlteredLog, projectAll } from '#consuming/testing/projecting.js';
import { aFewTurns, tellStory } from '#projections/testing/random-stories.js';
import { project, type Story } from '#projections/testing/story.js';
import { engineers } from '#projections/engineers.js';
import { tickets } from '#projections/tickets.js';

/** Real projections: one whose documents belong to a stream each, and one that counts across them. */
const both = [
  { projection: tickets, field: 'createdAt' },
  { projection: engineers, field: 'engineerId' },
] as readonly unknown[] as readonly {
  readonly projection: Projection<object>;
  readonly field: string;
}[];

export function projecting(newPlace: () => Place): void {
  const open = openedAt(newPlace);
  let store: ViewStore;
  let story: Story;
  beforeEach(async () => {
    store = await open();
    story = await tellStory(aFewTurns);
  });

  async function isRight(projection: Projection<object>, field: string): Promise<void> {
    const sort = { field, descending: false };
    const found = await store.reader(projection).find({ where: [], sort, limit: 1_000 });
    const expected = project(projection, await story.events());
    expect(new Map(found.map(({ id, view }) => [id, view]))).toEqual(expected);
    expect(expected.size).toBeGreaterThan(2);
  }

  it.each(both)(
    '$projection.name are correct if events are delivered twice',
    async ({ projection, field }) => {
      const twice = new AlteredLog(story.log, {
        limit: () => 5,
        events: (events) => events.flatMap((event) => [event, event]),
        pages: (page) => [page, page],
      });
      await projectAll(projection, twice, store);
      await isRight(projection, field);
    },
  );

  it('stops at events out of order, and resumes with them in order', async () => {
    const turned = new AlteredLog(story.log, {
      limit: () => 5,
      events: (events) => [...events].reverse(),
    });
    await expect(projectAll(tickets, turned, store)).rejects.toThrow(GapInStream);
    await projectAll(tickets, story.log, store);
    const [{ projection, field }] = both as [(typeof both)[0]];
    await isRight(projection, field);
  });

  it.each(both)(
    '$projection.name are correct if two projectors take over from each other',
    async ({ projection, field }) => {
      const caughtUp = new AbortController();
      await Promise.all([
        keepTakingOver(projection, story.log, await open(), 2, caughtUp.signal),
        keepTakingOver(projection, story.log, await open(), 3, caughtUp.signal),
        untilLive(projection, story.log, store).then(() => {
          caughtUp.abort();
        }),
      ]);
      await isRight(projection, field);
    },
  );
}

/**
 * Projects in small pages with competing projectors. One that was replaced takes over again, each
 * time after a longer pause, so that the competition ends.
 */
async function keepTakingOver(
  projection: Projection<object>,
  log: EventReader,
  store: ViewStore,
  size: number,
  caughtUp: AbortSignal,
): Promise<void> {
  const small = new AlteredLog(log, { limit: () => size });
  for (let turn = 1; !caughtUp.aborted; turn++) {
    try {
      const lease = await leaseOf(store, projection);
      await consume(new LogReader(small), { projection, store }, lease, caughtUp, {});
    } catch (error) {
      if (!(error instanceof CopyMoved) && !(error instanceof LeaseLost)) throw error;
      await setTimeout(turn * size * 10);
    }
  }
}

/** Resolves when the live copy is at the end of the log, whichever projector wrote it. */
async function untilLive(
  projection: Projection<object>,
  log: EventReader,
  store: ViewStore,
): Promise<void> {
  const head = await log.headPosition();
  for (;;) {
    const { live } = await store.status(projection);
    if (live !== null && live.checkpoint.position >= head) return;
    await setTimeout(10);
  }
}
