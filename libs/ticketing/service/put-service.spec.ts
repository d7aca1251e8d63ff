import { describe, it } from '@jest/globals';
import { anna, everybodyBut, people, strangers } from '../testing/actors.js';
import {
  changed,
  deactivated,
  given,
  now,
  ownersConfigured,
  registered,
  registeredInactive,
} from '../testing/services.js';
import { forbidden } from '../testing/tickets.js';
import type { PutService } from './put-service.js';

const command: PutService = {
  type: 'put-service',
  serviceId: 'vpn',
  name: 'VPN',
  issueTypes: ['login', 'tunnel'],
  at: now,
  by: anna,
};

describe('put a service that is new', () => {
  it('registers it, active unless told otherwise', () => {
    given([]).when(command).then(registered);
    given([])
      .when({ ...command, active: true })
      .then(registered);
    given([]).when(command).thenActingAs('admin');
  });

  it('registers it inactive where that is asked for', () => {
    given([])
      .when({ ...command, active: false })
      .then(registeredInactive);
  });

  it('registers it without issue types where none are named', () => {
    given([])
      .when({ ...command, issueTypes: undefined })
      .then({
        type: 'ServiceRegistered',
        data: { serviceId: 'vpn', name: 'VPN', issueTypes: [], active: true },
      });
  });
});

describe('put a service that is there', () => {
  it.each([
    ['active', [registered], true],
    ['active, as it is unless told otherwise', [registered], undefined],
    ['inactive', [registered, deactivated], false],
    ['inactive from the beginning', [registeredInactive], false],
  ])('does nothing where it is as given, and %s', (_, history, active) => {
    given(history)
      .when({ ...command, active })
      .thenNothing();
  });

  it('changes its name', () => {
    given([registered])
      .when({ ...command, name: 'Tunnels' })
      .then(changed({ name: 'Tunnels' }));
  });

  it.each([[['login']], [['tunnel', 'login']], [['login', 'tunnel', 'speed']], [[]]])(
    'changes its issue types to %j',
    (issueTypes) => {
      given([registered])
        .when({ ...command, issueTypes })
        .then(changed({ issueTypes }));
    },
  );

  it('takes the issue types away where none are named: what is put is the whole', () => {
    given([registered])
      .when({ ...command, issueTypes: undefined })
      .then(changed({ issueTypes: [] }));
  });

  it('takes it out of use', () => {
    given([registered])
      .when({ ...command, active: false })
      .then(deactivated);
  });

  it('changes it and takes it out of use, each in an event of its own', () => {
    given([registered])
      .when({ ...command, name: 'Tunnels', active: false })
      .then(changed({ name: 'Tunnels' }), deactivated);
  });

  it('changes it while it is out of use, and leaves it so', () => {
    given([registered, deactivated])
      .when({ ...command, name: 'Tunnels', active: false })
      .then(changed({ name: 'Tunnels', active: false }));
  });

  it.each([
    ['taken out of use', [registered, deactivated]],
    ['registered inactive', [registeredInactive]],
  ])('brings it back into use where it was %s', (_, history) => {
    given(history).when(command).then(changed({}));
  });

  it('compares with what it is now, whatever happened to its owners', () => {
    given([registered, changed({ name: 'Tunnels' }), ownersConfigured(['bob'], [])])
      .when({ ...command, name: 'Tunnels' })
      .thenNothing();
  });
});

describe('put a service', () => {
  it.each(everybodyBut('anna'))('is forbidden to %s, new or not', (name) => {
    for (const history of [[], [registered]]) {
      given(history)
        .when({ ...command, by: people[name] })
        .thenRefused(forbidden);
    }
  });

  it.each(strangers)('is forbidden to %s', (_, by) => {
    given([])
      .when({ ...command, by })
      .thenRefused(forbidden);
  });
});
