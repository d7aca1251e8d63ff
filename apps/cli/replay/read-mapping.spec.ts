import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseMapping, readMapping } from './read-mapping.js';
import { given, mappingWith, smallMapping } from './testing/plans.js';

const { commands, activities } = smallMapping;

describe('a mapping', () => {
  it('has rules by state, also if a key names several', () => {
    const rule = mappingWith().activities.get('judge');
    expect(rule?.stepsIn('pending')).toEqual(['judge']);
    expect(rule?.stepsIn('processing')).toEqual(['judge']);
    expect(rule?.stepsIn('closed')).toEqual([]);
    expect(rule?.stepsIn('canceled')).toBeUndefined();
  });

  it("does not depend on its JSON's formatting", () => {
    const laidOut = parseMapping(JSON.stringify(smallMapping, null, 4), 'other.json');
    expect(laidOut.digest).toBe(mappingWith().digest);
    expect(mappingWith({ lead: 'lara' }).digest).not.toBe(laidOut.digest);
  });

  it.each([
    [
      'must name its columns',
      { columns: { case: 'case' } },
      "/columns must have required property 'activity'",
    ],
    ['cannot have unknown members', { speed: 3 }, 'the mapping has an unknown member: "speed"'],
    [
      'must send known commands',
      { commands: { ...commands, take: { send: 'grab', as: 'lead' } } },
      '/commands/take/send must be equal to one of the allowed values: create, handle, ',
    ],
    [
      'must have known senders',
      { commands: { ...commands, take: { send: 'handle', as: 'boss' } } },
      '/commands/take/as must be equal to one of the allowed values: requester, engineer, ',
    ],
    ['needs an engineer', { engineers: [] }, '/engineers must NOT have fewer than 1 items'],
    [
      'must name each person once',
      {
        customers: [
          { id: 'anna', tenant: 'a' },
          { id: 'anna', tenant: 'b' },
        ],
      },
      '/customers has "anna" twice',
    ],
    [
      'must define the commands of its activities',
      { activities: { ...activities, lose: { pending: ['drop'] } } },
      '/activities/lose/pending has the command "drop", which is not under /commands',
    ],
    [
      'must use known states',
      { activities: { ...activities, lose: { open: [] } } },
      '/activities/lose has the unknown state "open"; use none, pending, ',
    ],
    [
      'must have one rule per state',
      { activities: { ...activities, lose: { pending: [], 'closed, pending': [] } } },
      '/activities/lose has the state "pending" twice',
    ],
    [
      'must refer to existing activities with "like"',
      { activities: { ...activities, lose: { like: 'win' } } },
      '/activities/lose is like "win", which is not an activity with its own steps',
    ],
    [
      'must use known placeholders',
      { commands: { ...commands, judge: { send: 'notes', as: 'lead', with: { text: '{kase}' } } } },
      '/commands/judge has the unknown placeholder {kase}; use {case}, {activity}, ',
    ],
    [
      'must create tickets of its own service',
      { service: { id: 'other', name: 'Other' } },
      '/commands/raise creates tickets: its "serviceId" must be "other"',
    ],
  ])('%s', (_what, changes, message) => {
    expect(() => mappingWith(changes)).toThrow(message);
  });

  it('reports all problems at once', () => {
    expect(() => mappingWith({ lead: '', engineers: [] })).toThrow(
      /\/lead[^]*\/engineers|\/engineers[^]*\/lead/,
    );
  });

  it('must be a JSON file', async () => {
    expect(() => parseMapping('{', 'desk.map.json')).toThrow('desk.map.json is not JSON: ');
    await expect(readMapping('/nowhere/desk.map.json')).rejects.toThrow(
      'The mapping cannot be read: ENOENT',
    );
  });
});

describe('the mapping of the help desk', () => {
  const file = 'apps/cli/replay/helpdesk.map.json';
  const mapping = parseMapping(readFileSync(file, 'utf8'), file);
  const desk = given(mapping);

  it('has a rule for every activity in every state', () => {
    const states = [
      'pending',
      'processing',
      'pending_feedback',
      'pending_reply',
      'pending_confirmation',
      'canceled',
      'closed',
    ] as const;
    for (const rule of mapping.activities.values()) {
      for (const state of states)
        expect([rule.activity, state, rule.stepsIn(state)]).not.toContain(undefined);
    }
  });

  it.each([
    [
      ['Insert ticket', 'Assign seriousness'],
      'pending: TicketCreated TicketDispatched TicketSeveritySet',
    ],
    [['Wait'], 'pending_feedback: TicketCreated TicketDispatched TicketAssigned FeedbackRequested'],
    [
      ['Wait', 'Wait'],
      'pending_feedback: TicketCreated TicketDispatched TicketAssigned FeedbackRequested FeedbackProvided FeedbackRequested',
    ],
    [
      ['Wait', 'Require upgrade'],
      'pending_reply: TicketCreated TicketDispatched TicketAssigned FeedbackRequested FeedbackProvided InternalNoteAdded',
    ],
    [
      ['Resolve ticket', 'RESOLVED'],
      'pending_confirmation: TicketCreated TicketDispatched TicketAssigned ResolutionSubmitted ResolutionWithdrawn ResolutionSubmitted',
    ],
    [
      ['Resolve ticket', 'Take in charge ticket'],
      'processing: TicketCreated TicketDispatched TicketAssigned ResolutionSubmitted ResolutionWithdrawn TicketForwarded',
    ],
    [
      ['Create SW anomaly', 'Closed', 'Closed'],
      'closed: TicketCreated TicketDispatched InternalNoteAdded TicketAssigned ResolutionSubmitted ResolutionConfirmed TicketClosed',
    ],
    [['INVALID', 'VERIFIED'], 'closed: TicketCreated TicketDispatched TicketClosed'],
  ])('maps %j as intended', (activities, ends) => {
    expect(desk.when(...activities).ends()).toBe(ends);
  });

  it('expects activities after the end to be refused', () => {
    expect(desk.when('DUPLICATE', 'Take in charge ticket', 'Wait').steps().slice(1)).toEqual([
      'desk-lead close → closed',
      'desk-engineer-1 handle ✗ ticket_closed',
      'desk-engineer-2 request-feedback ✗ ticket_closed or forbidden',
    ]);
  });
});
