import { describe, expect, it } from '@jest/globals';
import { lena } from '../testing/actors.js';
import {
  changed,
  deactivated,
  given,
  now,
  ownersConfigured,
  registered,
  registeredInactive,
} from '../testing/services.js';
import type { ServiceCommand } from './decide.js';
import type { ServiceEvent } from './events.js';
import { evolve } from './evolve.js';
import { noService, type ServiceState } from './state.js';

const stateAfter = (...events: ServiceEvent[]): ServiceState =>
  events.reduce<ServiceState>(evolve, noService);

const vpn = {
  state: 'active',
  serviceId: 'vpn',
  name: 'VPN',
  issueTypes: ['login', 'tunnel'],
  owners: [],
};

describe('the state of a service', () => {
  it('is none before it is registered', () => {
    expect(stateAfter()).toStrictEqual({ state: 'none' });
  });

  it.each<[string, ServiceEvent[], object]>([
    ['registered', [registered], vpn],
    ['registered inactive', [registeredInactive], { ...vpn, state: 'inactive' }],
    ['deactivated', [registered, deactivated], { ...vpn, state: 'inactive' }],
    ['activated again', [registered, deactivated, changed({})], vpn],
    ['renamed', [registered, changed({ name: 'Tunnels' })], { ...vpn, name: 'Tunnels' }],
    [
      'changed in its issue types',
      [registered, changed({ issueTypes: ['speed'] })],
      { ...vpn, issueTypes: ['speed'] },
    ],
    ['owned', [registered, ownersConfigured(['bob'], [])], { ...vpn, owners: ['bob'] }],
    [
      'given other owners',
      [registered, ownersConfigured(['bob'], []), ownersConfigured(['carol'], ['bob'])],
      { ...vpn, owners: ['carol'] },
    ],
    [
      'changed and deactivated, and keeps its owners',
      [registered, ownersConfigured(['bob'], []), changed({ name: 'Tunnels' }), deactivated],
      { ...vpn, name: 'Tunnels', state: 'inactive', owners: ['bob'] },
    ],
  ])('follows from events: %s', (_, events, expected) => {
    expect(stateAfter(...events)).toStrictEqual(expected);
  });

  it.each([deactivated, ownersConfigured(['bob'], [])])(
    'stays none after $type if it was never registered',
    (event) => {
      expect(stateAfter(event)).toStrictEqual({ state: 'none' });
    },
  );
});

describe('the decider of services', () => {
  it('rejects events of unknown types', () => {
    const unknown = { type: 'ServicePainted', data: {} } as unknown as ServiceEvent;
    expect(() => stateAfter(registered, unknown)).toThrow('Unexpected value of type object.');
  });

  it('rejects commands of unknown types', () => {
    const unknown = { type: 'paint', by: lena, at: now } as unknown as ServiceCommand;
    expect(() => given([registered]).when(unknown)).toThrow('Unexpected value of type object.');
  });
});
