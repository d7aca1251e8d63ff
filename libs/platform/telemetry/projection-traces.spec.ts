import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#event-store/event-store.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { consume } from '#consuming/consume.js';
import { LogReader } from '#consuming/log-reader.js';
import type { Projection } from '#projections/projection.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { leaseOf } from '#consuming/testing/leases.js';
import { AlteredLog, projectAll } from '#consuming/testing/projecting.js';
import { Story } from '#projections/testing/story.js';
import { tickets, type TicketView } from '#projections/tickets.js';
import { created, dispatched } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { projectionTraces } from './projection-traces.js';
import type { Tracer } from './tracer.js';

const newFolder = temporaryFolders();
let store: SqliteViewStore;
let story: Story;
beforeEach(() => {
  store = new SqliteViewStore(join(newFolder(), 'read-models.db'));
  story = new Story();
});
afterEach(() => store.close());

const message: TicketEvent = { type: 'CustomerMessageAdded', data: { message: 'A message.' } };

/** The projection of tickets with a bug: it fails for messages on ticket 1. */
const poisoned: Projection<TicketView> = {
  ...tickets,
  project: (before, event, id, touched) => {
    if (id === '1' && event.type === 'CustomerMessageAdded') throw new TypeError('No such thing.');
    return tickets.project(before, event, id, touched);
  },
};

/** The trace of an event: one for each stream, and none for ticket 3. */
const traceOf = ({ stream }: Pick<RecordedEvent, 'stream'>): string | undefined =>
  stream === 'ticket-3' ? undefined : `00-${stream.slice(-1).repeat(32)}-b7ad6b7169203331-01`;

/** Projects the log and returns the spans as `trace: event` or `trace: event (problem)`. */
async function spansOf(projection: Projection<TicketView>): Promise<string[]> {
  const spans: string[] = [];
  const tracer: Tracer = {
    start: (name, kind, parent, since) => ({
      traceparent: '',
      sampled: true,
      end: (attributes, problem) => {
        expect([name, kind]).toEqual(['project tickets', 'consumer']);
        expect(since).toBeLessThanOrEqual(performance.now());
        const suffix = problem === undefined ? '' : ` (${problem})`;
        spans.push(`${parent?.slice(3, 4) ?? ''}: ${attributes['tickets.event'] ?? ''}${suffix}`);
      },
    }),
  };
  const log = new AlteredLog(story.log, {
    events: (events) =>
      events.map((event) => {
        const traceparent = traceOf(event);
        return traceparent === undefined
          ? event
          : { ...event, metadata: { ...event.metadata, traceparent } };
      }),
  });
  const head = await log.headPosition();
  const ended = new AbortController();
  const lease = await leaseOf(store, projection);
  const reader = new LogReader(log);
  await consume(reader, { projection: projection as never, store }, lease, ended.signal, {
    ...projectionTraces(tracer),
    consumed: ({ position }) => {
      if (position >= head) ended.abort();
    },
  });
  return spans;
}

describe('a projected event', () => {
  it('has a span in its own trace, if any', async () => {
    await projectAll(tickets, story.log, store);
    await story.ticket('1', created, dispatched);
    await story.ticket('2', created);
    await story.ticket('3', created);
    expect(await spansOf(tickets)).toEqual([
      '1: TicketCreated',
      '1: TicketDispatched',
      '2: TicketCreated',
    ]);
  });

  it('has a span with "parked" if its stream is parked', async () => {
    await projectAll(poisoned, story.log, store);
    await story.ticket('1', created, message);
    await story.ticket('2', created, message);
    expect(await spansOf(poisoned)).toEqual([
      '1: TicketCreated (parked)',
      '1: CustomerMessageAdded (parked)',
      '2: TicketCreated',
      '2: CustomerMessageAdded',
    ]);
  });

  it('has no span while a copy is being built', async () => {
    await story.ticket('1', created, message);
    expect(await spansOf(tickets)).toEqual([]);
    expect(await store.reader(tickets).get('1')).not.toBeNull();
  });
});
