import { describe, expect, it } from '@jest/globals';
import { planCase } from './plan-case.js';
import { caseOf, given, mappingWith } from './testing/plans.js';

const desk = given(mappingWith());

describe('a case', () => {
  it('begins with what any first activity implies', () => {
    expect(desk.when('take').steps()).toEqual(['anna create → pending', 'bob handle → processing']);
  });

  it('begins with what its first activity says, where that says something of its own', () => {
    expect(desk.when('new').steps()).toEqual(['anna create → pending']);
  });

  it('goes by the state that the ticket has come to', () => {
    expect(desk.when('take', 'take', 'resolve').steps()).toEqual([
      'anna create → pending',
      'bob handle → processing',
      'bob forward carol → processing',
      'carol resolve → pending_confirmation',
    ]);
  });

  it('sends what is to be refused, and stays as it is', () => {
    const refused = desk.when('take', 'resolve', 'take');
    expect(refused.steps().at(-1)).toBe('carol handle ✗ already_handled');
    expect(refused.ends()).toBe(
      'pending_confirmation: TicketCreated TicketDispatched TicketAssigned ResolutionSubmitted',
    );
  });

  it('may have activities that stand for nothing', () => {
    expect(desk.when('new', 'new', 'new').steps()).toEqual(['anna create → pending']);
  });

  it('takes an activity that is like another for that one', () => {
    expect(desk.when('seize').steps()).toEqual(desk.when('take').steps());
  });

  it('fills in what the log says', () => {
    const [created, noted] = desk.when('note').plan().steps;
    expect(created?.body).toEqual({ serviceId: 'desk', description: 'Case 1' });
    expect(noted?.body).toEqual({ text: 'note by bob at 2012-10-09 14:00:00' });
  });

  it('says which line has an activity that the mapping has no answer to', () => {
    expect(desk.when('new', 'resolve').plan).toThrow(
      'Line 3, Case 1: the mapping does not say what "resolve" leads to when the ticket is "pending".',
    );
  });

  it('has to lead to a ticket', () => {
    expect(given(mappingWith({ first: [] })).when('judge').plan).toThrow(
      'Line 2, Case 1: the mapping does not say what "judge" leads to when the ticket is "none".',
    );
    expect(given(mappingWith({ first: ['take'] })).when('take').plan).not.toThrow();
  });
});

describe('who acts', () => {
  it('is whom the log names', () => {
    expect(desk.when('take@carol', 'take@dave', 'note@erin').steps()).toEqual([
      'anna create → pending',
      'carol handle → processing',
      'carol forward dave → processing',
      'erin notes → processing',
    ]);
  });

  it('does a thing twice where the log says so: a harmless repeat', () => {
    expect(desk.when('take@carol', 'take@carol').steps().at(-1)).toBe(
      'carol forward carol → processing (nothing)',
    );
  });

  it('is the handler, where a note names nobody', () => {
    expect(desk.when('take@carol', 'note').steps().at(-1)).toBe('carol notes → processing');
  });

  it('goes round the engineers, and a note costs nobody their turn', () => {
    expect(desk.when('note', 'take', 'take', 'take').steps().slice(1)).toEqual([
      'bob notes → pending',
      'bob handle → processing',
      'bob forward carol → processing',
      'carol forward bob → processing',
    ]);
  });

  it('differs from case to case', () => {
    const [created, taken] = planCase(caseOf(['take'], 1), mappingWith()).steps;
    expect(created?.by).toEqual({ id: 'zoe', tenant: 'zeta', role: 'customer' });
    expect(taken?.by).toEqual({ id: 'carol', role: 'engineer' });
  });
});
