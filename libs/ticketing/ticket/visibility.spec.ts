import { describe, expect, it } from '@jest/globals';
import type { Actor, Role } from '../decision.js';
import { alice, mallory, otherAlice, people, strangers, viewers } from '../testing/actors.js';
import {
  deskEventVisibility,
  hasDeskRight,
  mayOnTicket,
  relationTo,
  rolesWith,
  scopeOf,
  ticketEventVisibility,
  visibleData,
  type TicketRight,
} from './visibility.js';

const requester = { id: 'alice', tenant: 'acme' };
const withRoles = (actor: Actor, ...roles: Role[]): Actor => ({ ...actor, roles });
const ticketRights: readonly TicketRight[] = ['list', 'open', 'noticeNotes', 'readNotes'];

describe('who may open a ticket', () => {
  it.each(viewers)('%s may', (name) => {
    expect(mayOnTicket(people[name], 'open', requester)).toBe(true);
  });

  it.each([...strangers, ['an administrator', people.anna] as [string, Actor]])(
    '%s may not',
    (_, actor) => {
      expect(mayOnTicket(actor, 'open', requester)).toBe(false);
    },
  );

  it('a ticket is "own" only for a customer with the same id and tenant', () => {
    expect(relationTo(alice, requester)).toBe('own');
    for (const other of [mallory, otherAlice, withRoles(alice, 'reporter', 'admin')]) {
      expect(relationTo(other, requester)).toBe('other');
    }
  });
});

describe('an actor with several roles', () => {
  const roles = ['customer', 'engineer', 'lead', 'admin', 'auditor', 'reporter', 'privacy_officer'];

  it('has the union of their rights, on own tickets and on others', () => {
    for (const one of roles as Role[]) {
      for (const other of roles as Role[]) {
        for (const right of ticketRights) {
          for (const actor of [alice, mallory]) {
            const may = (...some: Role[]) =>
              mayOnTicket(withRoles(actor, ...some), right, requester);
            expect(may(one, other)).toBe(may(one) || may(other));
          }
        }
      }
    }
  });

  it('who is a customer and a reporter lists all tickets, but searches and opens only their own', () => {
    const both = withRoles(alice, 'customer', 'reporter');
    expect(scopeOf(both, 'list')).toBe('all');
    expect(scopeOf(both, 'open')).toEqual({ requester });
  });
});

describe('the scope of a list', () => {
  it.each<[readonly Role[], unknown, unknown]>([
    [['customer'], { requester }, { requester }],
    [['engineer'], 'all', 'all'],
    [['lead'], 'all', 'all'],
    [['auditor'], 'all', 'all'],
    [['reporter'], 'all', 'none'],
    [['admin'], 'none', 'none'],
    [['privacy_officer'], 'none', 'none'],
    [['customer', 'admin'], { requester }, { requester }],
    [[], 'none', 'none'],
  ])('of %j: lists %j, searches %j', (roles, listed, searched) => {
    const actor = withRoles(alice, ...roles);
    expect(scopeOf(actor, 'list')).toEqual(listed);
    expect(scopeOf(actor, 'open')).toEqual(searched);
  });
});

describe('the roles for a guard', () => {
  it('are those with the right on some ticket, and never the system', () => {
    expect(rolesWith('list')).toEqual(['customer', 'engineer', 'lead', 'auditor', 'reporter']);
    expect(rolesWith('open')).toEqual(['customer', 'engineer', 'lead', 'auditor']);
    expect(rolesWith('readNotes')).toEqual(['engineer', 'lead', 'auditor']);
    expect(rolesWith('desk')).toEqual(['engineer', 'lead', 'admin', 'auditor', 'reporter']);
    expect(rolesWith('services')).toEqual(['customer', ...rolesWith('desk')]);
  });
});

describe('the visibility of events', () => {
  it.each<[Role, string, string, string, string]>([
    ['customer', 'everything', 'nothing', 'nothing', 'nothing'],
    ['engineer', 'everything', 'everything', 'everything', 'everything'],
    ['lead', 'everything', 'everything', 'everything', 'everything'],
    ['auditor', 'everything', 'everything', 'everything', 'everything'],
    ['reporter', 'without data', 'without data', 'without data', 'without data'],
    ['admin', 'nothing', 'nothing', 'nothing', 'nothing'],
    ['privacy_officer', 'nothing', 'nothing', 'nothing', 'nothing'],
  ])('to the role %s', (role, own, ownNote, other, otherNote) => {
    const actor = withRoles(alice, role);
    expect(ticketEventVisibility(actor, 'TicketCreated', 'own')).toBe(own);
    expect(ticketEventVisibility(actor, 'InternalNoteAdded', 'own')).toBe(ownNote);
    expect(ticketEventVisibility(actor, 'TicketCreated', 'other')).toBe(other);
    expect(ticketEventVisibility(actor, 'InternalNoteAdded', 'other')).toBe(otherNote);
  });

  it('of services includes customers, of owners only the desk', () => {
    expect(deskEventVisibility(alice, 'ServiceRegistered')).toBe('everything');
    expect(deskEventVisibility(alice, 'ServiceOwnersConfigured')).toBe('nothing');
    expect(deskEventVisibility(alice, 'EngineerChanged')).toBe('nothing');
    expect(deskEventVisibility(people.anna, 'ServiceOwnersConfigured')).toBe('everything');
    expect(hasDeskRight(people.petra, 'services')).toBe(false);
  });

  it('excludes the contact of a customer, and nothing else', () => {
    const data = { description: 'x', contact: { email: 'alice@acme.example' } };
    expect(visibleData(data, 'everything')).toEqual({ description: 'x', contact: 'withheld' });
    const other = { message: 'x', reason: 'y' };
    expect(visibleData(other, 'everything')).toBe(other);
  });

  it.each(['TicketAssigned', 'TicketForwarded'] as const)(
    'excludes the reason of %s, which staff give each other, for a customer',
    (type) => {
      const data = { engineerId: 'bob', reason: 'Their admin shouts.' };
      const seenBy = (actor: Actor) =>
        visibleData(data, ticketEventVisibility(actor, type, relationTo(actor, requester)));
      expect(seenBy(alice)).toEqual({ engineerId: 'bob', reason: null });
      expect(seenBy(withRoles(alice, 'customer', 'reporter'))).toEqual({
        engineerId: 'bob',
        reason: null,
      });
      for (const role of ['engineer', 'lead', 'auditor'] as const) {
        expect(seenBy(withRoles(alice, role))).toEqual(data);
      }
    },
  );

  it.each(['ResolutionWithdrawn', 'ResolutionRejected', 'TicketCanceled', 'TicketClosed'] as const)(
    'includes the reason of %s, which is between desk and customer',
    (type) => {
      expect(ticketEventVisibility(alice, type, 'own')).toBe('everything');
    },
  );
});
