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

describe('putting a new service', () => {
  it('registers it, active by default', () => {
    given([]).when(command).then(registered);
    given([])
      .when({ ...command, active: true })
      .then(registered);
    given([]).when(command).thenActingAs('admin');
  });

  it('registers it inactive on request', () => {
    given([])
      .when({ ...command, active: false })
      .then(registeredInactive);
  });

  it('registers it without issue types if the command has none', () => {
    given([])
      .when({ ...command, issueTypes: undefined })
      .then({
        type: 'ServiceRegistered',
        data: { serviceId: 'vpn', name: 'VPN', issueTypes: [], active: true },
      });
  });
});

describe('putting an existing service', () => {
  it.each([
    ['active', [registered], true],
    ['active by default', [registered], undefined],
    ['inactive', [registered, deactivated], false],
    ['registered inactive', [registeredInactive], false],
  ])('does nothing if nothing changes, and it is %s', (_, history, active) => {
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

  it('removes the issue types if the command has none: it replaces the whole', () => {
    given([registered])
      .when({ ...command, issueTypes: undefined })
      .then(changed({ issueTypes: [] }));
  });

  it('deactivates it', () => {
    given([registered])
      .when({ ...command, active: false })
      .then(deactivated);
  });

  it('changes it and deactivates it in separate events', () => {
    given([registered])
      .when({ ...command, name: 'Tunnels', active: false })
      .then(changed({ name: 'Tunnels' }), deactivated);
  });

  it('changes it while it is inactive, without activating it', () => {
    given([registered, deactivated])
      .when({ ...command, name: 'Tunnels', active: false })
      .then(changed({ name: 'Tunnels', active: false }));
  });

  it.each([
    ['deactivated', [registered, deactivated]],
    ['registered inactive', [registeredInactive]],
  ])('activates it if it was %s', (_, history) => {
    given(history).when(command).then(changed({}));
  });

  it('compares with the current details, also after changes of its owners', () => {
    given([registered, changed({ name: 'Tunnels' }), ownersConfigured(['bob'], [])])
      .when({ ...command, name: 'Tunnels' })
      .thenNothing();
  });
});

describe('putting a service', () => {
  it.each(everybodyBut('anna'))('is forbidden to %s, for new and existing ones', (name) => {
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
