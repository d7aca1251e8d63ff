import { describe, expect, it } from '@jest/globals';
import { anna, everybodyBut, people, strangers } from '../testing/actors.js';
import { specificationOf } from '../testing/specification.js';
import { forbidden, now } from '../testing/tickets.js';
import { decide, type EngineerCommand, type PutEngineer } from './decide.js';
import type { EngineerEvent } from './events.js';
import { evolve } from './evolve.js';
import { noEngineer, type EngineerState } from './state.js';

const given = specificationOf<EngineerCommand, EngineerState, EngineerEvent>({
  initial: noEngineer,
  decide,
  evolve,
});

const details = { engineerId: 'bob', displayName: 'Bob', email: 'bob@operator.example' };
const command: PutEngineer = { type: 'put-engineer', ...details, at: now, by: anna };
const registered: EngineerEvent = {
  type: 'EngineerRegistered',
  data: { ...details, active: true },
};
const registeredInactive: EngineerEvent = {
  type: 'EngineerRegistered',
  data: { ...details, active: false },
};
const deactivated: EngineerEvent = { type: 'EngineerDeactivated', data: { engineerId: 'bob' } };
const changed = (change: { displayName?: string; email?: string; active?: boolean }) =>
  ({ type: 'EngineerChanged', data: { ...details, active: true, ...change } }) as const;

describe('putting a new engineer', () => {
  it('registers them, active by default', () => {
    given([]).when(command).then(registered);
    given([])
      .when({ ...command, active: true })
      .then(registered);
    given([]).when(command).thenActingAs('admin');
  });

  it('registers them inactive on request', () => {
    given([])
      .when({ ...command, active: false })
      .then(registeredInactive);
  });
});

describe('putting an existing engineer', () => {
  it.each([
    ['active', [registered], true],
    ['active by default', [registered], undefined],
    ['inactive', [registered, deactivated], false],
    ['registered inactive', [registeredInactive], false],
  ])('does nothing if nothing changes, and they are %s', (_, history, active) => {
    given(history)
      .when({ ...command, active })
      .thenNothing();
  });

  it.each([{ displayName: 'Robert' }, { email: 'robert@operator.example' }])(
    'changes their details: %j',
    (change) => {
      given([registered])
        .when({ ...command, ...change })
        .then(changed(change));
    },
  );

  it('deactivates them', () => {
    given([registered])
      .when({ ...command, active: false })
      .then(deactivated);
  });

  it('changes their details and deactivates them in separate events', () => {
    given([registered])
      .when({ ...command, displayName: 'Robert', active: false })
      .then(changed({ displayName: 'Robert' }), deactivated);
  });

  it('changes their details while they are inactive, without activating them', () => {
    given([registered, deactivated])
      .when({ ...command, displayName: 'Robert', active: false })
      .then(changed({ displayName: 'Robert', active: false }));
  });

  it.each([
    ['deactivated', [registered, deactivated]],
    ['registered inactive', [registeredInactive]],
  ])('activates them if they were %s', (_, history) => {
    given(history).when(command).then(changed({}));
  });
});

describe('putting an engineer', () => {
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

describe('the state of an engineer', () => {
  const stateAfter = (...events: EngineerEvent[]): EngineerState =>
    events.reduce<EngineerState>(evolve, noEngineer);

  it.each<[string, EngineerEvent[], EngineerState]>([
    ['not registered', [], { state: 'none' }],
    ['registered', [registered], { state: 'active', ...details }],
    ['registered inactive', [registeredInactive], { state: 'inactive', ...details }],
    ['deactivated', [registered, deactivated], { state: 'inactive', ...details }],
    ['activated again', [registered, deactivated, changed({})], { state: 'active', ...details }],
    [
      'renamed',
      [registered, changed({ displayName: 'Robert' })],
      { state: 'active', ...details, displayName: 'Robert' },
    ],
    ['deactivated but never registered', [deactivated], { state: 'none' }],
  ])('follows from events: %s', (_, events, expected) => {
    expect(stateAfter(...events)).toStrictEqual(expected);
  });

  it('rejects events of unknown types', () => {
    const unknown = { type: 'EngineerPainted', data: {} } as unknown as EngineerEvent;
    expect(() => stateAfter(registered, unknown)).toThrow('Unexpected value of type object.');
  });
});
