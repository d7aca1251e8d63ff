import { describe, it } from '@jest/globals';
import { bob, carol, engineers, everybodyBut, lena, people, strangers } from '../testing/actors.js';
import {
  forbidden,
  given,
  notFound,
  now,
  refusedIn,
  ticketThatIs,
  undispatched,
} from '../testing/tickets.js';
import type { TicketEvent } from './events.js';

const command = { type: 'forward', engineerId: 'dave', engineer: engineers.dave, at: now } as const;
const forwarded = (engineerId: string, became: 'handler' | 'owner', from: string | null) =>
  ({ type: 'TicketForwarded', data: { engineerId, became, from, reason: null } }) as const;

const handled = ['processing', 'pending_feedback', 'pending_reply'] as const;
const ownedByDave: TicketEvent[] = [...ticketThatIs.pending, forwarded('dave', 'owner', null)];

describe('forward', () => {
  it.each(['bob', 'lena'] as const)(
    'lets %s make an engineer the only owner while it is pending',
    (name) => {
      given(ticketThatIs.pending)
        .when({ ...command, by: people[name] })
        .then(forwarded('dave', 'owner', null));
    },
  );

  it.each(handled)(
    'lets the handler and a lead make an engineer the handler while it is %s',
    (state) => {
      for (const by of [bob, lena]) {
        given(ticketThatIs[state])
          .when({ ...command, by })
          .then(forwarded('dave', 'handler', 'bob'));
      }
    },
  );

  it('records the reason', () => {
    given(ticketThatIs.processing)
      .when({ ...command, by: bob, reason: 'My shift ends.' })
      .then({
        type: 'TicketForwarded',
        data: { engineerId: 'dave', became: 'handler', from: 'bob', reason: 'My shift ends.' },
      });
  });

  it.each(['bob', 'carol'] as const)('makes %s, one of two owners, the only one', (engineerId) => {
    given(ticketThatIs.pending)
      .when({ ...command, by: bob, engineerId, engineer: engineers[engineerId] })
      .then(forwarded(engineerId, 'owner', null));
  });

  it('lets a lead forward a ticket that was never dispatched', () => {
    given(undispatched)
      .when({ ...command, by: lena })
      .then(forwarded('dave', 'owner', null));
  });

  it('passes the right to forward from the former to the new handler', () => {
    const history = [...ticketThatIs.processing, forwarded('carol', 'handler', 'bob')];
    given(history)
      .when({ ...command, by: carol })
      .then(forwarded('dave', 'handler', 'carol'));
    given(history)
      .when({ ...command, by: bob })
      .thenRefused(forbidden);
  });

  it('takes the ticket from the former owners', () => {
    given(ownedByDave)
      .when({ ...command, by: bob, engineerId: 'bob', engineer: engineers.bob })
      .thenRefused(forbidden);
  });

  it.each(handled)('does nothing if the target is the handler and the ticket is %s', (state) => {
    for (const by of [bob, lena]) {
      given(ticketThatIs[state])
        .when({ ...command, by, engineerId: 'bob', engineer: engineers.bob })
        .thenNothing();
    }
  });

  it('does nothing if the target is the only owner of a pending ticket', () => {
    given(ownedByDave)
      .when({ ...command, by: lena })
      .thenNothing();
  });

  it.each(['gus', 'nobody'] as const)('is refused if the target is %s', (engineerId) => {
    for (const state of ['pending', ...handled] as const) {
      given(ticketThatIs[state])
        .when({ ...command, by: lena, engineerId, engineer: engineers[engineerId] })
        .thenRefused({ code: 'unknown_engineer' });
    }
  });

  it.each(['pending_confirmation', 'closed'] as const)(
    'is refused to the handler and a lead while it is %s',
    (state) => {
      for (const name of ['bob', 'lena'] as const) {
        given(ticketThatIs[state])
          .when({ ...command, by: people[name] })
          .thenRefused(refusedIn(state, name));
      }
    },
  );

  it('is not a harmless repeat in pending_confirmation', () => {
    given(ticketThatIs.pending_confirmation)
      .when({ ...command, by: bob, engineerId: 'bob', engineer: engineers.bob })
      .thenRefused(refusedIn('pending_confirmation', 'bob'));
  });

  it('is refused to a lead once the ticket is canceled, and forbidden to its owners', () => {
    given(ticketThatIs.canceled)
      .when({ ...command, by: lena })
      .thenRefused(refusedIn('canceled', 'lena'));
    given(ticketThatIs.canceled)
      .when({ ...command, by: bob })
      .thenRefused(forbidden);
  });

  it.each(everybodyBut('bob', 'carol', 'lena'))(
    'is forbidden to %s while it is pending',
    (name) => {
      given(ticketThatIs.pending)
        .when({ ...command, by: people[name] })
        .thenRefused(forbidden);
    },
  );

  it.each(everybodyBut('bob', 'lena'))('is forbidden to %s once bob has taken it', (name) => {
    given(ticketThatIs.processing)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(ticketThatIs.pending)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
