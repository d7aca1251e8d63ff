import {
  NO_STREAM,
  START,
  type EventStore,
  type RecordedEvent,
  type StreamHead,
} from '#event-store/event-store.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from '#projections/projection.js';
import { tellStory } from '#projections/testing/random-stories.js';
import { project, type Story } from '#projections/testing/story.js';
import type { Random } from '../random.js';

/** A long random story with a number of turns, on some tickets, services and people. */
export const randomStory = (random: Random, turns: number, tickets: number): Promise<Story> =>
  tellStory(
    Array.from({ length: turns }, () => ({
      to: random.oneOf(['ticket', 'ticket', 'ticket', 'ticket', 'service', 'engineer']),
      which: random.between(0, tickets - 1),
      pick: random.between(0, 1_000),
    })),
  );

/** Copies one log into another, event by event. */
export async function copyTo(log: EventStore, events: readonly RecordedEvent[]): Promise<void> {
  const heads = new Map<string, StreamHead>();
  for (const event of events) {
    const { stream } = event;
    const { id, type, schemaVersion, at, data, metadata } = event;
    const written = { id, type, schemaVersion, at, data, metadata };
    const { head } = await log.append(stream, heads.get(stream) ?? NO_STREAM, [written]);
    heads.set(stream, head);
  }
}

export const allOf = async ({ log }: Story): Promise<readonly RecordedEvent[]> =>
  log.readAll({ after: START, limit: 1_000_000 });

/** The documents of a projection for some events, as stored text. */
export const documentsOf = (
  projection: Projection<object>,
  events: readonly DecodedEvent[],
): ReadonlyMap<string, string> =>
  new Map([...project(projection, events)].map(([id, view]) => [id, JSON.stringify(view)]));

/** The differences, as text. */
export function differencesOf(
  name: string,
  found: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
): string[] {
  const ids = new Set([...found.keys(), ...expected.keys()]);
  return [...ids]
    .filter((id) => found.get(id) !== expected.get(id))
    .map(
      (id) =>
        `${name} ${id} is ${found.get(id) ?? 'not there'}, not ${expected.get(id) ?? 'not there'}`,
    )
    .map((text) => text.slice(0, 600));
}
