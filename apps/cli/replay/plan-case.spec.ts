import { describe, expect, it } from '@jest/globals';
import { planCase } from './plan-case.js';
import { caseOf, given, mappingWith } from './testing/plans.js';

const desk = given(mappingWith());

describe('a case', () => {
  it('starts with the commands in "first"', () => {
    expect(desk.when('take').steps()).toEqual(['anna create → pending', 'bob handle → processing']);
  });

  it("starts with its first activity's own rule for no ticket, if there is one", () => {
    expect(desk.when('new').steps()).toEqual(['anna create → pending']);
  });

  it("uses the rules of the ticket's state", () => {
    expect(desk.when('take', 'take', 'resolve').steps()).toEqual([
      'anna create → pending',
      'bob handle → processing',
      'bob forward carol → processing',
      'carol resolve → pending_confirmation',
    ]);
  });

  it('sends commands that must be refused, without changing state', () => {
    const refused = desk.when('take', 'resolve', 'take');
    expect(refused.steps().at(-1)).toBe('carol handle ✗ already_handled');
    expect(refused.ends()).toBe(
      'pending_confirmation: TicketCreated TicketDispatched TicketAssigned ResolutionSubmitted',
    );
  });

  it('can have activities without commands', () => {
    expect(desk.when('new', 'new', 'new').steps()).toEqual(['anna create → pending']);
  });

  it('uses the rules of another activity with "like"', () => {
    expect(desk.when('seize').steps()).toEqual(desk.when('take').steps());
  });

  it('replaces placeholders with values of the log', () => {
    const [created, noted] = desk.when('note').plan().steps;
    expect(created?.body).toEqual({ serviceId: 'desk', description: 'Case 1' });
    expect(noted?.body).toEqual({ text: 'note by bob at 2012-10-09 14:00:00' });
  });

  it('reports the line of an activity without a rule', () => {
    expect(desk.when('new', 'resolve').plan).toThrow(
      'Line 3, Case 1: the mapping has no rule for "resolve" when the ticket is "pending".',
    );
  });

  it('must create a ticket', () => {
    expect(given(mappingWith({ first: [] })).when('judge').plan).toThrow(
      'Line 2, Case 1: the mapping has no rule for "judge" when the ticket is "none".',
    );
    expect(given(mappingWith({ first: ['take'] })).when('take').plan).not.toThrow();
  });
});

describe('the sender', () => {
  it('is the person in the log', () => {
    expect(desk.when('take@carol', 'take@dave', 'note@erin').steps()).toEqual([
      'anna create → pending',
      'carol handle → processing',
      'carol forward dave → processing',
      'erin notes → processing',
    ]);
  });

  it('can repeat a command, which is harmless', () => {
    expect(desk.when('take@carol', 'take@carol').steps().at(-1)).toBe(
      'carol forward carol → processing (nothing)',
    );
  });

  it('is the handler if a note names nobody', () => {
    expect(desk.when('take@carol', 'note').steps().at(-1)).toBe('carol notes → processing');
  });

  it('rotates through the engineers, without counting notes', () => {
    expect(desk.when('note', 'take', 'take', 'take').steps().slice(1)).toEqual([
      'bob notes → pending',
      'bob handle → processing',
      'bob forward carol → processing',
      'carol forward bob → processing',
    ]);
  });

  it('differs between cases', () => {
    const [created, taken] = planCase(caseOf(['take'], 1), mappingWith()).steps;
    expect(created?.by).toEqual({ id: 'zoe', tenant: 'zeta', role: 'customer' });
    expect(taken?.by).toEqual({ id: 'carol', role: 'engineer' });
  });
});
