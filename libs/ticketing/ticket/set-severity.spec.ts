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

  it('is a judgement of its own where it is set to what it was', () => {
    given([...ticketThatIs.processing, set])
      .when({ ...command, by: lena })
      .then(set);
  });

  it('is refused the handler once the ticket is closed', () => {
    given(ticketThatIs.closed).when(command).thenRefused(refusedIn('closed', 'bob'));
  });

  it.each(['canceled', 'closed'] as const)('is refused a lead once the ticket is %s', (state) => {
    given(ticketThatIs[state])
      .when({ ...command, by: lena })
      .thenRefused(refusedIn(state, 'lena'));
  });

  it.each(['pending', 'canceled'] as const)(
    'is forbidden to an owner of a ticket that is %s, which nobody has taken',
    (state) => {
      given(ticketThatIs[state]).when(command).thenRefused(forbidden);
    },
  );

  it.each(everybodyBut('bob', 'lena'))('is forbidden to %s', (name) => {
    given(ticketThatIs.processing)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('tells %s that there is no such ticket', (_, by) => {
    given(ticketThatIs.processing)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
