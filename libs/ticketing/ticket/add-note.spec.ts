import { describe, it } from '@jest/globals';
import { bob, everybodyBut, lena, people, strangers } from '../testing/actors.js';
import {
  forbidden,
  given,
  notFound,
  now,
  refusedIn,
  statesBut,
  ticketThatIs,
  undispatched,
} from '../testing/tickets.js';

const command = { type: 'notes', text: 'Their router is old.', at: now, by: bob } as const;
const noted = { type: 'InternalNoteAdded', data: { text: 'Their router is old.' } } as const;
const staff = ['bob', 'carol', 'dave', 'lena'] as const;

describe('notes', () => {
  it.each(statesBut('canceled', 'closed'))(
    'lets all staff add a note while the ticket is %s',
    (state) => {
      for (const name of staff) {
        given(ticketThatIs[state])
          .when({ ...command, by: people[name] })
          .then(noted);
      }
    },
  );

  it('lets staff add a note to a ticket that was never dispatched', () => {
    given(undispatched).when(command).then(noted);
  });

  it('records the role engineer or lead', () => {
    given(ticketThatIs.pending).when(command).thenActingAs('engineer');
    given(ticketThatIs.pending)
      .when({ ...command, by: lena })
      .thenActingAs('lead');
  });

  it.each(['canceled', 'closed'] as const)('is refused once the ticket is %s', (state) => {
    for (const name of staff) {
      given(ticketThatIs[state])
        .when({ ...command, by: people[name] })
        .thenRefused(refusedIn(state, name));
    }
  });

  it.each(everybodyBut(...staff))('is forbidden to %s', (name) => {
    given(ticketThatIs.processing)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(ticketThatIs.processing)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
