import { describe, it } from '@jest/globals';
import { bob, carol, dave, everybodyBut, lena, people, strangers } from '../testing/actors.js';
import {
  allowedIn,
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

  it('records the reason', () => {
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

  it('records the role engineer or lead', () => {
    given(ticketThatIs.pending)
      .when({ ...command, by: bob })
      .thenActingAs('engineer');
    given(ticketThatIs.pending)
      .when({ ...command, by: lena })
      .thenActingAs('lead');
  });

  it.each(taken)('does nothing if the same engineer is the handler and it is %s', (state) => {
    given(ticketThatIs[state])
      .when({ ...command, by: bob })
      .thenNothing();
  });

  it('does nothing for a handler by assignment who is not an owner', () => {
    given([
      ...ticketThatIs.pending,
      { type: 'TicketAssigned', data: { engineerId: 'dave', how: 'assigned', reason: null } },
    ])
      .when({ ...command, by: dave })
      .thenNothing();
  });

  it.each(taken)('returns the handler to another owner and a lead while it is %s', (state) => {
    for (const name of ['carol', 'lena'] as const) {
      given(ticketThatIs[state])
        .when({ ...command, by: people[name] })
        .thenRefused({
          code: 'already_handled',
          handler: 'bob',
          state,
          allowed: allowedIn(people[name], state),
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

  it('is forbidden to an engineer if the ticket has no owners', () => {
    given(undispatched)
      .when({ ...command, by: carol })
      .thenRefused(forbidden);
  });

  it("is forbidden to an actor with an owner's id who is not an engineer", () => {
    given(ticketThatIs.pending)
      .when({ ...command, by: { id: 'bob', tenant: null, roles: ['auditor'] } })
      .thenRefused(forbidden);
  });

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(ticketThatIs.pending)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
