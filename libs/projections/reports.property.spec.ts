import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from './projection.js';
import { add, emptySketch, type Sketch } from './quantile-sketch.js';
import { storyTurns, tellStory } from './testing/random-stories.js';
import { project, type Story } from './testing/story.js';
import { measureNames, type MeasureName } from './ticket-clock.js';
import { durations } from './durations.js';
import { flow } from './flow.js';
import { satisfaction } from './satisfaction.js';
import { groupId } from './ticket-groups.js';
import { ticketCounts } from './ticket-counts.js';

/** Each report is compared with one that is computed from all events of all tickets. */
type Courses = ReadonlyMap<string, readonly DecodedEvent[]>;

async function coursesOf(story: Story): Promise<Courses> {
  const courses = new Map<string, DecodedEvent[]>();
  for (const event of await story.events()) {
    if (!event.stream.startsWith('ticket-')) continue;
    courses.set(event.stream, [...(courses.get(event.stream) ?? []), event]);
  }
  return courses;
}

const lastOf = (course: readonly DecodedEvent[]) => course.at(-1)?.metadata.after;

function compare<View, Expected>(
  projection: Projection<View>,
  expectedOf: (courses: Courses) => Map<string, Expected>,
  valueOf: (view: View, id: string) => Expected | null,
): Promise<void> {
  return fc.assert(
    fc.asyncProperty(storyTurns, async (turns) => {
      const story = await tellStory(turns);
      const events = await story.events();
      // Every event is repeated: a repeat changes nothing.
      const views = project(projection, [...events, ...events], project(projection, events));
      const found = new Map<string, Expected>();
      for (const [id, view] of views) {
        const one = valueOf(view, id);
        if (one !== null) found.set(id, one);
      }
      expect(found).toEqual(expectedOf(await coursesOf(story)));
    }),
    { numRuns: 60 },
  );
}

describe('the counts', () => {
  it('are those of the tickets as they ended', () =>
    compare(
      ticketCounts,
      (courses) => {
        const expected = new Map<string, Record<string, number>>();
        const count = (dimension: string, key: string | null, state: string) => {
          const id = groupId(dimension, key);
          const counts = expected.get(id) ?? {};
          expected.set(id, { ...counts, [state]: (counts[state] ?? 0) + 1 });
        };
        for (const course of courses.values()) {
          const facets = lastOf(course);
          if (facets === undefined) continue;
          const { state, service, handler, severity, tenant, owners } = facets;
          count('all', null, state);
          count('service', service, state);
          count('handler', handler, state);
          count('severity', severity, state);
          count('tenant', tenant, state);
          for (const owner of owners) count('owner', owner, state);
          if (owners.length === 0) count('owner', null, state);
        }
        return expected;
      },
      ({ counts }) => {
        const there = Object.entries(counts).filter(([, n]) => n !== 0);
        return there.length === 0 ? null : Object.fromEntries(there);
      },
    ));
});

describe('the flow', () => {
  it('counts each creation and each end once, in its hour, day and month', () =>
    compare(
      flow,
      (courses) => {
        const expected = new Map<string, Record<string, number>>();
        const kinds: Record<string, string> = {
          TicketCreated: 'created',
          TicketClosed: 'closed',
          TicketCanceled: 'canceled',
        };
        for (const { type, at } of [...courses.values()].flat()) {
          const kind = kinds[type];
          if (kind === undefined) continue;
          for (const start of [at.slice(0, 7), at.slice(0, 10), at.slice(0, 13)]) {
            const counts = expected.get(start) ?? { created: 0, closed: 0, canceled: 0 };
            expected.set(start, { ...counts, [kind]: (counts[kind] ?? 0) + 1 });
          }
        }
        return expected;
      },
      ({ created, closed, canceled }) => ({ created, closed, canceled }),
    ));
});

describe('the durations', () => {
  it('are those of each ticket as it ended, without the time of the customer', () =>
    compare(
      durations,
      (courses) => {
        const expected = new Map<string, Sketch>();
        for (const course of courses.values()) {
          const facets = lastOf(course);
          if (facets === undefined) continue;
          const measures = measuresOf(course);
          const { service, severity } = facets;
          for (const group of [
            groupId('all', null),
            groupId('service', service),
            groupId('severity', severity),
          ]) {
            for (const measure of measureNames) {
              const value = measures[measure];
              if (value === null) continue;
              const id = `${measure} ${group}`;
              expected.set(id, add(expected.get(id) ?? emptySketch, value));
            }
          }
        }
        return expected;
      },
      (view) => (view.kind === 'group' && view.sketch.count > 0 ? view.sketch : null),
    ));
});

/** Measures a complete course; the projection sees one event at a time. */
function measuresOf(course: readonly DecodedEvent[]): Record<MeasureName, number | null> {
  const times = course.map(({ at }) => Date.parse(at));
  const waits = (index: number) =>
    ['pending_feedback', 'pending_confirmation'].includes(
      course[index]?.metadata.after?.state ?? '',
    );
  /** How long the desk waited for the customer before the event with this index. */
  const waited = (before: number) => {
    let sum = 0;
    for (let index = 0; index < before; index++) {
      if (waits(index)) sum += (times[index + 1] ?? 0) - (times[index] ?? 0);
    }
    return sum;
  };
  const desk = (index: number) =>
    index === -1 ? null : (times[index] ?? 0) - (times[0] ?? 0) - waited(index);
  const first = (...types: string[]) => course.findIndex(({ type }) => types.includes(type));
  const last = (...types: string[]) => course.findLastIndex(({ type }) => types.includes(type));
  const resolved = last('ResolutionSubmitted');
  const undone = last('ResolutionWithdrawn', 'ResolutionRejected');
  const ended = course.findLastIndex((_, index) => index > 0 && waits(index - 1) && !waits(index));
  return {
    firstHandling: desk(first('TicketAssigned')),
    firstResponse: desk(first('FeedbackRequested', 'ResolutionSubmitted')),
    resolution: resolved > undone ? desk(resolved) : null,
    close: desk(last('TicketClosed')),
    waitingForCustomer: ended === -1 ? null : waited(ended),
  };
}

describe('the satisfaction', () => {
  it('has every rating once', () =>
    compare(
      satisfaction,
      (courses) => {
        const expected = new Map<string, number[]>();
        for (const event of [...courses.values()].flat()) {
          if (event.type !== 'ResolutionConfirmed' && event.type !== 'EvaluationSubmitted')
            continue;
          const { rating } = event.data;
          const { after } = event.metadata;
          if (rating === null || after === undefined) continue;
          for (const id of [
            groupId('all', null),
            groupId('service', after.service),
            groupId('handler', after.handler),
          ]) {
            const distribution = expected.get(id) ?? [0, 0, 0, 0, 0];
            distribution[rating - 1] = (distribution[rating - 1] ?? 0) + 1;
            expected.set(id, distribution);
          }
        }
        return expected;
      },
      ({ distribution }) => [...distribution],
    ));
});
