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

describe('put an engineer who is new', () => {
  it('registers them, active unless told otherwise', () => {
    given([]).when(command).then(registered);
    given([])
      .when({ ...command, active: true })
      .then(registered);
    given([]).when(command).thenActingAs('admin');
  });

  it('registers them inactive where that is asked for', () => {
    given([])
      .when({ ...command, active: false })
      .then(registeredInactive);
  });
});

describe('put an engineer who is there', () => {
  it.each([
    ['active', [registered], true],
    ['active, as they are unless told otherwise', [registered], undefined],
    ['inactive', [registered, deactivated], false],
    ['inactive from the beginning', [registeredInactive], false],
  ])('does nothing where they are as given, and %s', (_, history, active) => {
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

  it('takes them off duty', () => {
    given([registered])
      .when({ ...command, active: false })
      .then(deactivated);
  });

  it('changes their details and takes them off duty, each in an event of its own', () => {
    given([registered])
      .when({ ...command, displayName: 'Robert', active: false })
      .then(changed({ displayName: 'Robert' }), deactivated);
  });

  it('changes their details while they are off duty, and leaves them so', () => {
    given([registered, deactivated])
      .when({ ...command, displayName: 'Robert', active: false })
      .then(changed({ displayName: 'Robert', active: false }));
  });

  it.each([
    ['taken off duty', [registered, deactivated]],
    ['registered inactive', [registeredInactive]],
  ])('brings them back where they were %s', (_, history) => {
    given(history).when(command).then(changed({}));
  });
});

describe('put an engineer', () => {
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

describe('the state of an engineer', () => {
  const stateAfter = (...events: EngineerEvent[]): EngineerState =>
    events.reduce<EngineerState>(evolve, noEngineer);

  it.each<[string, EngineerEvent[], EngineerState]>([
    ['not registered', [], { state: 'none' }],
    ['registered', [registered], { state: 'active', ...details }],
    ['registered inactive', [registeredInactive], { state: 'inactive', ...details }],
    ['deactivated', [registered, deactivated], { state: 'inactive', ...details }],
    ['brought back', [registered, deactivated, changed({})], { state: 'active', ...details }],
    [
      'renamed',
      [registered, changed({ displayName: 'Robert' })],
      { state: 'active', ...details, displayName: 'Robert' },
    ],
    ['deactivated without ever being registered', [deactivated], { state: 'none' }],
  ])('is as they were %s', (_, events, expected) => {
    expect(stateAfter(...events)).toStrictEqual(expected);
  });

  it('cannot come from an event of a type that nobody knows', () => {
    const unknown = { type: 'EngineerPainted', data: {} } as unknown as EngineerEvent;
    expect(() => stateAfter(registered, unknown)).toThrow(/EngineerPainted/);
  });
});
