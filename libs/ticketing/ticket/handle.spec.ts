import { describe, it } from '@jest/globals';
import { bob, carol, dave, everybodyBut, lena, people, strangers } from '../testing/actors.js';
import {
  allowedTo,
  forbidden,
  given,
  notFound,
  now,
  refusedIn,
  ticketThatIs,
  undispatched,
} from '../testing/tickets.js';

const command = { type: 'handle', at: now } as const;
const taken = ['processing', 'pending_feedback', 'pending_reply', 'pending_confirmation'] as const;

describe('handle', () => {
  it.each(['bob', 'carol', 'lena'] as const)('lets %s take a pending ticket', (name) => {
    given(ticketThatIs.pending)
      .when({ ...command, by: people[name] })
      .then({ type: 'TicketAssigned', data: { engineerId: name, how: 'claimed', reason: null } });
  });

  it('keeps the reason', () => {
    given(ticketThatIs.pending)
      .when({ ...command, by: bob, reason: 'I know this tunnel.' })
      .then({
        type: 'TicketAssigned',
        data: { engineerId: 'bob', how: 'claimed', reason: 'I know this tunnel.' },
      });
  });

  it('lets a lead take a ticket that was never dispatched', () => {
    given(undispatched)
      .when({ ...command, by: lena })
      .then({ type: 'TicketAssigned', data: { engineerId: 'lena', how: 'claimed', reason: null } });
  });

  it('is done as an engineer or as a lead, whichever one is', () => {
    given(ticketThatIs.pending)
      .when({ ...command, by: bob })
      .thenActingAs('engineer');
    given(ticketThatIs.pending)
      .when({ ...command, by: lena })
      .thenActingAs('lead');
  });

  it.each(taken)('does nothing where the same engineer has taken it and it is %s', (state) => {
    given(ticketThatIs[state])
      .when({ ...command, by: bob })
      .thenNothing();
  });

  it('does nothing where the handler, to whom a lead assigned the ticket, is no owner', () => {
    given([
      ...ticketThatIs.pending,
      { type: 'TicketAssigned', data: { engineerId: 'dave', how: 'assigned', reason: null } },
    ])
      .when({ ...command, by: dave })
      .thenNothing();
  });

  it.each(taken)('tells another owner and a lead who has taken it while it is %s', (state) => {
    for (const name of ['carol', 'lena'] as const) {
      given(ticketThatIs[state])
        .when({ ...command, by: people[name] })
        .thenRefused({
          code: 'already_handled',
          handler: 'bob',
          state,
          allowed: allowedTo[name][state] ?? [],
        });
    }
  });

  it.each(['canceled', 'closed'] as const)('is refused once the ticket is %s', (state) => {
    for (const name of ['bob', 'carol', 'lena'] as const) {
      given(ticketThatIs[state])
        .when({ ...command, by: people[name] })
        .thenRefused(refusedIn(state, name));
    }
  });

  it.each(everybodyBut('bob', 'carol', 'lena'))('is forbidden to %s', (name) => {
    given(ticketThatIs.pending)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it('is forbidden to an engineer where nobody was named owner', () => {
    given(undispatched)
      .when({ ...command, by: carol })
      .thenRefused(forbidden);
  });

  it("is forbidden to an owner's namesake who is no engineer", () => {
    given(ticketThatIs.pending)
      .when({ ...command, by: { id: 'bob', tenant: null, roles: ['auditor'] } })
      .thenRefused(forbidden);
  });

  it.each(strangers)('tells %s that there is no such ticket', (_, by) => {
    given(ticketThatIs.pending)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
