import { beforeAll, describe, expect, it } from '@jest/globals';
import { modelOutcome } from '#ticketing/testing/ticket-model.js';
import type { ModelTicket } from '#ticketing/testing/ticket-model-data.js';
import { hourOfWeek } from './arrivals.js';
import { helpdeskModel } from './helpdesk-model.js';
import { byTicket, drawTickets, writtenCommands, year, type Drawn } from './testing/drawing.js';

const TICKETS = 1_500;
let drawn: Drawn[];
let courses: Drawn[][];
beforeAll(async () => {
  drawn = await drawTickets(TICKETS, 'a seed');
  courses = byTicket(drawn);
});

const timesOf = (all: readonly Drawn[]): number[] =>
  all.map(({ command: { at } }) => Date.parse(at));

describe('drawn tickets', () => {
  it('have the requested number', () => {
    expect(courses).toHaveLength(TICKETS);
  });

  it('follow the independent model of the table', () => {
    const surprises = courses.flatMap((course) => {
      let ticket: ModelTicket | null = null;
      return course.flatMap(({ command, events }) => {
        const outcome = modelOutcome(command, ticket);
        if ('refused' in outcome) return [`${command.type} is refused: ${outcome.refused}`];
        ({ ticket } = outcome);
        const [expected, types] = [outcome.events, events].map((all) =>
          all.map(({ type }) => type).join(),
        );
        return types === expected ? [] : [`${command.type} leads to ${types}, not ${expected}`];
      });
    });
    expect(surprises).toStrictEqual([]);
  });

  it('include every command that the seed writes', () => {
    expect(writtenCommands()).toHaveLength(17);
    expect(new Set(drawn.map(({ command }) => command.type))).toStrictEqual(
      new Set(writtenCommands()),
    );
  });

  it('are interleaved, in order of time, within the period', () => {
    const times = timesOf(drawn);
    expect(times).toStrictEqual(times.toSorted((one, other) => one - other));
    expect(times[0]).toBeGreaterThanOrEqual(year.from);
    expect(times.at(-1)).toBeLessThan(year.to);
    const changes = drawn.filter(({ ticket }, index) => ticket !== drawn[index - 1]?.ticket);
    expect(changes.length).toBeGreaterThan(drawn.length / 2);
  });

  it('are the same for the same seed, and differ between seeds', async () => {
    const one = await drawTickets(100, 'one');
    const again = await drawTickets(100, 'one');
    expect(again).toStrictEqual(one);
    const other = await drawTickets(1, 'another');
    expect(other[0]?.events).not.toStrictEqual(one[0]?.events);
  });
});

describe('the distribution of drawn tickets is close to the model', () => {
  it('in the steps after a resolution', () => {
    const after = courses.flatMap((course) =>
      course.slice(1).filter((_, index) => course[index]?.command.type === 'resolve'),
    );
    const back = after.filter(({ command: { type } }) =>
      ['withdraw-resolution', 'reject-resolution'].includes(type),
    );
    const expected = 422 / (4_557 + 422 + 10 + 5 + 2 + 1);
    expect(back.length / after.length).toBeGreaterThan(expected * 0.7);
    expect(back.length / after.length).toBeLessThan(expected * 1.4);
  });

  it('in the waits for replies of customers', () => {
    const waits = courses.flatMap((course) => {
      const times = timesOf(course);
      return course.flatMap(({ command }, index) =>
        command.type === 'provide-feedback'
          ? [((times[index] ?? 0) - (times[index - 1] ?? 0)) / 1_000]
          : [],
      );
    });
    const median = waits.toSorted((one, other) => one - other)[waits.length >> 1] ?? 0;
    const replied = helpdeskModel.transitions.find(({ to }) => to === 'provide-feedback');
    const expected = replied?.waits[5] ?? 0;
    expect(median).toBeGreaterThan(expected * 0.7);
    expect(median).toBeLessThan(expected * 1.3);
  });

  it('in the number of commands per ticket', () => {
    const closed = courses.filter((course) => course.at(-1)?.state.state === 'closed');
    const mean = closed.flat().length / closed.length;
    const ends = 4_559;
    const commands = helpdeskModel.transitions.reduce((sum, { count }) => sum + count, 0);
    expect(mean).toBeGreaterThan((commands / ends) * 0.85);
    expect(mean).toBeLessThan((commands / ends) * 1.25);
  });

  it('in the times of creation', () => {
    const monday9 = 9;
    const share = (counts: readonly number[]) =>
      (counts[monday9] ?? 0) / counts.reduce((sum, count) => sum + count, 0);
    const counts = new Array<number>(168).fill(0);
    for (const [first] of courses) {
      const hour = hourOfWeek(Date.parse(first?.command.at ?? ''));
      counts[hour] = (counts[hour] ?? 0) + 1;
    }
    expect(counts.every((count, hour) => count === 0 || helpdeskModel.arrivals[hour] !== 0)).toBe(
      true,
    );
    expect(share(counts)).toBeCloseTo(share(helpdeskModel.arrivals), 2);
  });
});
