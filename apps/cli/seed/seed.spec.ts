import { describe, expect, it } from '@jest/globals';
import { decode } from '#event-store/codec/decode.js';
import { START, type RecordedEvent } from '#event-store/event-store.js';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { chainProblems } from '#event-store/testing/chain.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { evolve } from '#ticketing/ticket/evolve.js';
import { facetsOf, noTicket, type TicketState } from '#ticketing/ticket/state.js';
import { seed, type Options } from './seed.js';
import { year } from './testing/drawing.js';

const newFolder = temporaryFolders();

const options = (dataFolder: string, changes: Partial<Options> = {}): Options => ({
  dataFolder,
  tickets: 60,
  period: year,
  random: 'a seed',
  more: false,
  signal: new AbortController().signal,
  progress: () => ({ advance: () => undefined, stop: () => undefined }),
  ...changes,
});

async function logIn(folder: string): Promise<readonly RecordedEvent[]> {
  const log = await SqliteEventStore.open({ folder });
  const events = await log.readAll({ after: START, limit: 100_000 });
  await log.close();
  return events;
}

const streamsIn = (events: readonly RecordedEvent[]): RecordedEvent[][] => {
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  }
  return [...streams.values()];
};

const isTicket = ({ stream }: RecordedEvent): boolean => stream.startsWith('ticket-');

describe('a seeded store', () => {
  it('has the requested number of tickets, as counted in the report', async () => {
    const folder = newFolder();
    const advanced: number[] = [];
    const progress = (_what: string, total: number) => ({
      advance: (count: number) => {
        advanced.push(count);
      },
      stop: () => {
        advanced.push(-total);
      },
    });
    const tally = await seed(options(folder, { progress }));
    const events = await logIn(folder);
    const tickets = events.filter(isTicket);
    expect(tally.tickets).toBe(60);
    expect(streamsIn(tickets)).toHaveLength(60);
    expect(tally.events).toBe(tickets.length);
    expect(advanced.reduce((sum, count) => sum + count, 0)).toBe(0);
    for (const [type, count] of tally.types) {
      expect(tickets.filter((event) => event.type === type)).toHaveLength(count);
    }
    const ends = streamsIn(tickets).map((stream) => stream.at(-1)?.metadata['after']);
    for (const [state, count] of tally.states) {
      expect(ends.filter((after) => (after as { state: string }).state === state)).toHaveLength(
        count,
      );
    }
  });

  it('has valid hash chains and facets', async () => {
    const folder = newFolder();
    await seed(options(folder));
    for (const stream of streamsIn(await logIn(folder))) {
      expect(chainProblems(stream)).toStrictEqual([]);
      if (!stream.every(isTicket)) continue;
      let ticket: TicketState = noTicket;
      for (const event of stream) {
        expect(event.metadata['before'] ?? null).toStrictEqual(facetsOf(ticket));
        ticket = evolve(ticket, decode(event) as unknown as TicketEvent);
        expect(event.metadata['after']).toStrictEqual(facetsOf(ticket));
        expect(event.metadata['causationId']).toBe(event.metadata['commandId']);
      }
    }
  });

  it('has the same log for the same seed, and differs between seeds', async () => {
    const hashes = async (random: string) => {
      const folder = newFolder();
      await seed(options(folder, { random }));
      return (await logIn(folder)).map(({ hash }) => hash);
    };
    const first = await hashes('one');
    expect(await hashes('one')).toStrictEqual(first);
    expect(await hashes('two')).not.toStrictEqual(first);
  });

  it('takes more tickets only on request', async () => {
    const folder = newFolder();
    await seed(options(folder));
    await expect(seed(options(folder))).rejects.toThrow('--more');
    const tally = await seed(options(folder, { more: true, tickets: 10 }));
    expect(tally.tickets).toBe(10);
    expect(streamsIn((await logIn(folder)).filter(isTicket))).toHaveLength(70);
  });

  it('must not be in use by a service', async () => {
    const folder = newFolder();
    const service = await SqliteEventStore.open({ folder });
    await expect(seed(options(folder))).rejects.toThrow('Another process writes');
    await service.close();
  });

  it('is valid after an interruption', async () => {
    const folder = newFolder();
    const interruption = new AbortController();
    const advance = () => {
      interruption.abort();
    };
    const tally = await seed(
      options(folder, {
        tickets: 1_000,
        signal: interruption.signal,
        progress: () => ({ advance, stop: () => undefined }),
      }),
    );
    expect(tally.tickets).toBeLessThan(1_000);
    const tickets = (await logIn(folder)).filter(isTicket);
    expect(tickets).toHaveLength(tally.events);
    for (const stream of streamsIn(tickets)) expect(chainProblems(stream)).toStrictEqual([]);
  });
});
