import { describe, it } from '@jest/globals';
import { anna, engineers, everybodyBut, lena, people } from '../testing/actors.js';
import { deactivated, given, now, ownersConfigured, registered } from '../testing/services.js';
import { forbidden, invalid } from '../testing/tickets.js';
import type { ConfigureOwners } from './configure-owners.js';

/** A command that names some engineers, with their states. */
const owners = (...engineerIds: (keyof typeof engineers)[]): ConfigureOwners => ({
  type: 'configure-owners',
  serviceId: 'vpn',
  engineerIds,
  engineers: engineerIds.map((id) => engineers[id]),
  at: now,
  by: anna,
});

describe('configure owners', () => {
  it('records the new and the previous owners', () => {
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

  it('records the role admin for an administrator who is also a lead', () => {
    given([registered])
      .when({ ...owners('bob'), by: { ...lena, roles: ['lead', 'admin'] } })
      .thenActingAs('admin');
  });

  it('does nothing if they are the owners already, in this order', () => {
    given([registered, ownersConfigured(['bob', 'carol'], [])])
      .when(owners('bob', 'carol'))
      .thenNothing();
  });

  it('treats another order as a change', () => {
    given([registered, ownersConfigured(['bob', 'carol'], [])])
      .when(owners('carol', 'bob'))
      .then(ownersConfigured(['carol', 'bob'], ['bob', 'carol']));
  });

  it('removes duplicates', () => {
    given([registered])
      .when(owners('bob', 'carol', 'bob'))
      .then(ownersConfigured(['bob', 'carol'], []));
    given([registered, ownersConfigured(['bob'], [])])
      .when(owners('bob', 'bob'))
      .thenNothing();
  });

  it('is possible for an inactive service, which may have pending tickets', () => {
    given([registered, deactivated])
      .when(owners('bob'))
      .then(ownersConfigured(['bob'], []));
  });

  it('is refused without engineers: a service has at least one owner', () => {
    given([registered]).when(owners()).thenRefused(invalid('/engineerIds'));
    given([registered, ownersConfigured(['bob'], [])])
      .when(owners())
      .thenRefused(invalid('/engineerIds'));
  });

  it('is refused if some are not active engineers, with their ids', () => {
    const refused = given([registered]).when(owners('gus', 'bob', 'nobody'));
    refused.thenRefused({
      code: 'unknown_engineer',
      pointers: ['/engineerIds/0', '/engineerIds/2'],
    });
    refused.thenRefusedSaying(/gus, nobody/);
  });

  it('is refused if the state of one is missing', () => {
    given([registered])
      .when({ ...owners('bob', 'carol'), engineers: [engineers.bob] })
      .thenRefused({ code: 'unknown_engineer', pointers: ['/engineerIds/1'] });
  });

  it('is refused if a current owner is no longer active', () => {
    given([registered, ownersConfigured(['gus'], [])])
      .when(owners('gus'))
      .thenRefused({ code: 'unknown_engineer', pointers: ['/engineerIds/0'] });
  });

  it('is refused if the service does not exist', () => {
    given([]).when(owners('bob')).thenRefused({ code: 'not_found' });
  });

  it.each(everybodyBut('anna', 'lena'))(
    'is forbidden to %s, whether the service exists or not',
    (name) => {
      for (const history of [[], [registered]]) {
        given(history)
          .when({ ...owners('gus'), by: people[name] })
          .thenRefused(forbidden);
      }
    },
  );
});
