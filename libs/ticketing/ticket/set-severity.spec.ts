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
} from '../testing/tickets.js';
import { severities } from './state.js';

const command = { type: 'severity', severity: 'high', at: now, by: bob } as const;
const set = { type: 'TicketSeveritySet', data: { severity: 'high' } } as const;

describe('severity', () => {
  it.each(statesBut('pending', 'canceled', 'closed'))(
    'lets the handler set it while the ticket is %s',
    (state) => {
      given(ticketThatIs[state]).when(command).then(set);
    },
  );

  it.each(statesBut('canceled', 'closed'))('lets a lead set it while the ticket is %s', (state) => {
    given(ticketThatIs[state])
      .when({ ...command, by: lena })
      .then(set);
  });

  it.each(severities)('may be %s', (severity) => {
    given(ticketThatIs.processing)
      .when({ ...command, severity })
      .then({ type: 'TicketSeveritySet', data: { severity } });
  });

  it('records another assessment if the severity stays the same', () => {
    given([...ticketThatIs.processing, set])
      .when({ ...command, by: lena })
      .then(set);
  });

  it('is refused to the handler once the ticket is closed', () => {
    given(ticketThatIs.closed).when(command).thenRefused(refusedIn('closed', 'bob'));
  });

  it.each(['canceled', 'closed'] as const)(
    'is refused to a lead once the ticket is %s',
    (state) => {
      given(ticketThatIs[state])
        .when({ ...command, by: lena })
        .thenRefused(refusedIn(state, 'lena'));
    },
  );

  it.each(['pending', 'canceled'] as const)(
    'is forbidden to an owner of a ticket that is %s without a handler',
    (state) => {
      given(ticketThatIs[state]).when(command).thenRefused(forbidden);
    },
  );

  it.each(everybodyBut('bob', 'lena'))('is forbidden to %s', (name) => {
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
