import { describe, it } from '@jest/globals';
import { anna, engineers, everybodyBut, lena, people } from '../testing/actors.js';
import { deactivated, given, now, ownersConfigured, registered } from '../testing/services.js';
import { forbidden, invalid } from '../testing/tickets.js';
import type { ConfigureOwners } from './configure-owners.js';

/** Names some engineers, with what is known of each. */
const owners = (...engineerIds: (keyof typeof engineers)[]): ConfigureOwners => ({
  type: 'configure-owners',
  serviceId: 'vpn',
  engineerIds,
  engineers: engineerIds.map((id) => engineers[id]),
  at: now,
  by: anna,
});

describe('configure owners', () => {
  it('names them, and those before', () => {
    given([registered])
      .when(owners('bob', 'carol'))
      .then(ownersConfigured(['bob', 'carol'], []));
    given([registered, ownersConfigured(['bob', 'carol'], [])])
      .when(owners('dave'))
      .then(ownersConfigured(['dave'], ['bob', 'carol']));
  });

  it.each(['anna', 'lena'] as const)('is for %s', (name) => {
    given([registered])
      .when({ ...owners('bob'), by: people[name] })
      .then(ownersConfigured(['bob'], []));
    given([registered])
      .when({ ...owners('bob'), by: people[name] })
      .thenActingAs(name === 'lena' ? 'lead' : 'admin');
  });

  it('is done as an administrator by a lead who is one, too', () => {
    given([registered])
      .when({ ...owners('bob'), by: { ...lena, roles: ['lead', 'admin'] } })
      .thenActingAs('admin');
  });

  it('does nothing where they are the owners, in this order', () => {
    given([registered, ownersConfigured(['bob', 'carol'], [])])
      .when(owners('bob', 'carol'))
      .thenNothing();
  });

  it('is another list where the order is another', () => {
    given([registered, ownersConfigured(['bob', 'carol'], [])])
      .when(owners('carol', 'bob'))
      .then(ownersConfigured(['carol', 'bob'], ['bob', 'carol']));
  });

  it('names an engineer once who was given twice', () => {
    given([registered])
      .when(owners('bob', 'carol', 'bob'))
      .then(ownersConfigured(['bob', 'carol'], []));
    given([registered, ownersConfigured(['bob'], [])])
      .when(owners('bob', 'bob'))
      .thenNothing();
  });

  it('is possible for a service that takes no new tickets: it may have pending ones', () => {
    given([registered, deactivated])
      .when(owners('bob'))
      .then(ownersConfigured(['bob'], []));
  });

  it('is refused where nobody is named: a service has one owner or more', () => {
    given([registered]).when(owners()).thenRefused(invalid('/engineerIds'));
    given([registered, ownersConfigured(['bob'], [])])
      .when(owners())
      .thenRefused(invalid('/engineerIds'));
  });

  it('is refused where some are no active engineers, and says which', () => {
    const refused = given([registered]).when(owners('gus', 'bob', 'nobody'));
    refused.thenRefused({
      code: 'unknown_engineer',
      pointers: ['/engineerIds/0', '/engineerIds/2'],
    });
    refused.thenRefusedSaying(/gus, nobody/);
  });

  it('is refused where one was not looked up', () => {
    given([registered])
      .when({ ...owners('bob', 'carol'), engineers: [engineers.bob] })
      .thenRefused({ code: 'unknown_engineer', pointers: ['/engineerIds/1'] });
  });

  it('is refused where an owner of today has left and is named again', () => {
    given([registered, ownersConfigured(['gus'], [])])
      .when(owners('gus'))
      .thenRefused({ code: 'unknown_engineer', pointers: ['/engineerIds/0'] });
  });

  it('is refused where there is no such service', () => {
    given([]).when(owners('bob')).thenRefused({ code: 'not_found' });
  });

  it.each(everybodyBut('anna', 'lena'))(
    'is forbidden to %s, whether there is one or not',
    (name) => {
      for (const history of [[], [registered]]) {
        given(history)
          .when({ ...owners('gus'), by: people[name] })
          .thenRefused(forbidden);
      }
    },
  );
});
