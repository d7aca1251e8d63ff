import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { states, type State, type TicketAccepted, type TicketPage } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { expectProblem } from '#test/support/problems.js';
import { raise, ticketIn } from '#test/support/tickets.js';
import { allowed, bodyOf, commands, expected, refusals } from './expected-table.js';

let desk: Desk;
const tickets = new Map<State, TicketAccepted>();
beforeAll(async () => {
  desk = await Desk.open();
  for (const state of states) tickets.set(state, await ticketIn(desk, state));
});
afterAll(() => desk.close());

const ticketThatIs = (state: State): TicketAccepted => {
  const ticket = tickets.get(state);
  if (ticket === undefined) throw new Error(`There is no ticket that is ${state}.`);
  return ticket;
};

const give = (by: Name, command: string, state: State) =>
  desk.as(by).command<unknown>(ticketThatIs(state).ticketId, command, bodyOf(command));

describe.each(states)('on a ticket that is %s', (state) => {
  const all = refusals(state);
  const with403or404 = all.filter(([, , code]) => code === 'forbidden' || code === 'not_found');
  const with409 = all.filter(([, , code]) => code !== 'forbidden' && code !== 'not_found');

  it('refuses the wrong actor before all other checks', async () => {
    for (const [by, command, code] of with403or404) {
      const problem = expectProblem(await give(by, command, state), code);
      expect({ by, command, state: problem.state, allowed: problem.allowed }).toEqual({
        by,
        command,
        state: undefined,
        allowed: undefined,
      });
    }
  });

  it('refuses the right actor in the wrong state with the state and the allowed commands', async () => {
    for (const [by, command, code] of with409) {
      const problem = expectProblem(await give(by, command, state), code);
      expect({ by, command, ...problem, allowed: [...(problem.allowed ?? [])].sort() }).toEqual({
        ...problem,
        by,
        command,
        state,
        allowed: allowed(by, state).sort(),
        ...(code === 'already_handled' ? { handler: 'bob' } : {}),
      });
    }
  });

  it('lists the allowed commands of the reader, and refusals had no effect', async () => {
    for (const by of ['alice', 'bob', 'carol', 'dave', 'lena', 'audra'] as const) {
      const { ticketId, revision } = ticketThatIs(state);
      const { body } = await desk.as(by).get<TicketPage>(`/tickets/${ticketId}`);
      expect({ by, revision: body.revision, allowed: [...body.allowed].sort() }).toEqual({
        by,
        revision,
        allowed: allowed(by, state).sort(),
      });
    }
  });
});

describe('an allowed command', () => {
  const accepted = states.flatMap((state) =>
    commands.flatMap((command) =>
      (['alice', 'bob', 'carol', 'dave', 'lena'] as const)
        .filter((by) => expected(command, by, state) === 'accepted')
        .map((by): [State, string, Name] => [state, command, by]),
    ),
  );

  it('is accepted from all its actors, in every state', async () => {
    expect(accepted.length).toBeGreaterThan(50);
    for (const [state, command, by] of accepted) {
      const { ticketId } = await ticketIn(desk, state);
      const { status } = await desk.as(by).command(ticketId, command, bodyOf(command));
      expect({ state, command, by, status }).toEqual({ state, command, by, status: 200 });
    }
  });
});

describe('a ticket that does not exist', () => {
  it.each([
    '00000000-0000-7000-8000-000000000000',
    'no-uuid',
    '1',
    'null',
    '%20',
    "'%20OR%201=1--",
    '..',
  ])('is not found by %s', async (ticketId) => {
    for (const by of ['alice', 'lena'] as const) {
      expectProblem(await desk.as(by).command(ticketId, 'cancel'), 'not_found');
      expectProblem(await desk.as(by).get(`/tickets/${ticketId}`), 'not_found');
      expectProblem(await desk.as(by).get(`/tickets/${ticketId}/history`), 'not_found');
    }
  });

  it('looks to a stranger like an existing one', async () => {
    const { ticketId } = await raise(desk);
    const there = await desk.as('mallory').command<object>(ticketId, 'cancel');
    const other = '00000000-0000-7000-8000-000000000000';
    const notThere = await desk.as('mallory').command<object>(other, 'cancel');
    const { instance: _there, ...one } = expectProblem(there, 'not_found');
    const { instance: _notThere, ...another } = expectProblem(notThere, 'not_found');
    expect(one).toEqual(another);
  });
});

describe('an unknown command', () => {
  it.each(['dispatch', 'create', 'reopen', 'Handle', 'handle/', '__proto__', 'constructor'])(
    'is not found: %s',
    async (command) => {
      const { ticketId } = await raise(desk);
      expectProblem(await desk.as('lena').command(ticketId, command), 'not_found');
    },
  );
});

describe('an uppercase id', () => {
  it('is the same ticket', async () => {
    const { ticketId } = await raise(desk);
    const answer = await desk.as('bob').command(ticketId.toUpperCase(), 'handle');
    expect(answer).toMatchObject({ status: 200, body: { ticketId } });
  });
});
