import { describe, it } from '@jest/globals';
import type { Actor } from '../decision.js';
import { noService } from '../service/state.js';
import { alice, bob, everybodyBut, lena, mallory, people } from '../testing/actors.js';
import {
  created,
  dispatched,
  forbidden,
  given,
  invalid,
  now,
  stateAfter,
  ticketId,
  ticketThatIs,
  vpn,
} from '../testing/tickets.js';
import type { Create } from './create.js';
import type { TicketEvent } from './events.js';
import { ticketStates, noTicket, type TicketState } from './state.js';

const command: Create = {
  type: 'create',
  ticketId,
  serviceId: 'vpn',
  description: 'The tunnel drops every hour.',
  contact: { email: 'alice@acme.example' },
  agreement: { accepted: true, version: '2026-01' },
  service: vpn,
  serviceRevision: 4,
  at: now,
  by: alice,
};
const forAlice = { id: 'alice', tenant: 'acme' };

type CreatedData = Extract<TicketEvent, { type: 'TicketCreated' }>['data'];

/** The ticket created by `command`, with some other data. */
const createdWith = (data: Partial<CreatedData>): TicketEvent =>
  created.type === 'TicketCreated' ? { ...created, data: { ...created.data, ...data } } : created;

describe('create', () => {
  it("creates a ticket and dispatches it to the service's owners in the same append", () => {
    given([]).when(command).then(created, dispatched);
  });

  it('creates a ticket that is not dispatched if the service has no owners', () => {
    given([])
      .when({ ...command, service: { ...vpn, owners: [] } })
      .then(created);
  });

  it('makes a customer the requester, with their organisation', () => {
    given([])
      .when({ ...command, by: mallory })
      .then(createdWith({ requester: { id: 'mallory', tenant: 'acme' } }), dispatched);
    given([]).when(command).thenActingAs('customer');
  });

  it('makes a customer without an organisation the requester', () => {
    given([])
      .when({ ...command, by: { ...alice, tenant: null } })
      .then(createdWith({ requester: { id: 'alice', tenant: null } }), dispatched);
  });

  it.each(['bob', 'dave', 'lena'] as const)(
    'lets %s create one on behalf of a customer',
    (name) => {
      const onBehalf = { ...command, by: people[name], onBehalfOf: forAlice };
      given([]).when(onBehalf).then(created, dispatched);
      given([])
        .when(onBehalf)
        .thenActingAs(name === 'lena' ? 'lead' : 'engineer');
    },
  );

  it('records the issue type, which the service must have', () => {
    given([])
      .when({
        ...command,
        issueType: 'tunnel',
        service: { ...vpn, issueTypes: ['login', 'tunnel'] },
      })
      .then(createdWith({ issueType: 'tunnel' }), dispatched);
  });

  it('records the version of the accepted agreement', () => {
    given([])
      .when({ ...command, agreement: { accepted: true, version: '2027-05' } })
      .then(createdWith({ agreementVersion: '2027-05' }), dispatched);
  });

  it.each([
    ['a mobile number', { mobile: '+390612345678' }],
    ['both', { mobile: '+390612345678', email: 'alice@acme.example' }],
    [
      'a mobile number and a receiving period',
      {
        mobile: '+390612345678',
        receivingPeriod: { from: '09:00', to: '18:00', timeZone: 'Europe/Rome' },
      },
    ],
  ])('accepts %s as contact', (_, contact) => {
    given([])
      .when({ ...command, contact })
      .then(createdWith({ contact }), dispatched);
  });

  it('records the previous ticket of the same requester', () => {
    const previousTicket = stateAfter(...ticketThatIs.closed);
    for (const by of [alice, bob]) {
      given([])
        .when({
          ...command,
          by,
          onBehalfOf: by === bob ? forAlice : undefined,
          previousTicketId: ticketId,
          previousTicket,
        })
        .then(createdWith({ previousTicketId: ticketId }), dispatched);
    }
  });

  it('accepts a text that looks like a secret if acknowledged, and records that', () => {
    const description = 'It says "password: required" on the page.';
    given([])
      .when({ ...command, description, acknowledgeSensitive: true })
      .then(createdWith({ description, sensitiveAcknowledged: true }), dispatched);
  });
});

describe('create is refused', () => {
  it.each(['', '   ', '\n\t ', '\u200b', '\u2800\n\u3164', '\ufe0f\u0301'])(
    'where the description is blank: %j',
    (description) => {
      given([])
        .when({ ...command, description })
        .thenRefused(invalid('/description'));
    },
  );

  it('if the service does not exist', () => {
    given([])
      .when({ ...command, service: noService })
      .thenRefused({ code: 'unknown_service' });
  });

  it('if the service is inactive', () => {
    given([])
      .when({ ...command, service: { ...vpn, state: 'inactive' } })
      .thenRefused({ code: 'inactive_service' });
  });

  it.each([undefined, 'billing', ''])(
    'if the service has issue types and the request has %j',
    (issueType) => {
      given([])
        .when({ ...command, issueType, service: { ...vpn, issueTypes: ['login', 'tunnel'] } })
        .thenRefused(invalid('/issueType'));
    },
  );

  it('if the service has no issue types and the request has one', () => {
    given([])
      .when({ ...command, issueType: 'tunnel' })
      .thenRefused(invalid('/issueType'));
  });

  it.each([undefined, {}])('without a way to reach the customer: contact %j', (contact) => {
    given([])
      .when({ ...command, contact })
      .thenRefused(invalid('/contact'));
  });

  it('if a receiving period has no mobile number', () => {
    const receivingPeriod = { from: '09:00', to: '18:00', timeZone: 'Europe/Rome' };
    given([])
      .when({ ...command, contact: { email: 'alice@acme.example', receivingPeriod } })
      .thenRefused(invalid('/contact/receivingPeriod'));
  });

  it.each([undefined, { accepted: false, version: '2026-01' }])(
    'if the agreement is not accepted: %j',
    (agreement) => {
      given([])
        .when({ ...command, agreement })
        .thenRefused({ code: 'agreement_required' });
    },
  );

  it.each<[string, Actor, TicketState | undefined]>([
    ['does not exist', alice, noTicket],
    ['was not loaded', alice, undefined],
    ['belongs to another customer', mallory, stateAfter(...ticketThatIs.closed)],
    [
      'belongs to another organisation',
      { ...alice, tenant: 'globex' },
      stateAfter(...ticketThatIs.closed),
    ],
  ])('if the previous ticket %s', (_, by, previousTicket) => {
    given([])
      .when({ ...command, by, previousTicketId: ticketId, previousTicket })
      .thenRefused(invalid('/previousTicketId'));
  });

  it('if staff name a previous ticket of another customer', () => {
    given([])
      .when({
        ...command,
        by: lena,
        onBehalfOf: { id: 'mallory', tenant: 'acme' },
        previousTicketId: ticketId,
        previousTicket: stateAfter(...ticketThatIs.closed),
      })
      .thenRefused(invalid('/previousTicketId'));
  });

  it.each([
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE', /a private key/],
    ['My card is 4111 1111 1111 1111.', /a bank card number/],
    ['password: hunter2', /a password/],
  ])('if the description looks like a secret, with a hint: %j', (description, hint) => {
    for (const acknowledgeSensitive of [undefined, false]) {
      const outcome = given([]).when({ ...command, description, acknowledgeSensitive });
      outcome.thenRefused({ code: 'sensitive_content', pointers: ['/description'] });
      outcome.thenRefusedSaying(hint);
      outcome.thenRefusedSaying(/acknowledgeSensitive: true/);
    }
  });

  it.each(ticketStates)('if a ticket with this id exists and is %s', (state) => {
    given(ticketThatIs[state])
      .when(command)
      .thenRefused({ code: 'illegal_transition', state, allowed: [] });
  });
});

describe('create is forbidden', () => {
  it.each(everybodyBut('alice'))('to %s without onBehalfOf', (name) => {
    given([])
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(everybodyBut('bob', 'carol', 'dave', 'lena'))('to %s on behalf of a customer', (name) => {
    given([])
      .when({ ...command, by: people[name], onBehalfOf: { id: 'mallory', tenant: 'acme' } })
      .thenRefused(forbidden);
  });

  it('to a customer on behalf of themselves', () => {
    given([])
      .when({ ...command, onBehalfOf: forAlice })
      .thenRefused(forbidden);
  });

  it('before all other checks', () => {
    given(ticketThatIs.processing)
      .when({ ...command, by: bob, description: '', service: noService })
      .thenRefused(forbidden);
  });
});
