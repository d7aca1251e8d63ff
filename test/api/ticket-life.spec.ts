import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { History, State, TicketAccepted, TicketPage } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { raise, ticketIn } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

let desk: Desk;
beforeAll(async () => {
  // A confirmation is overdue 36 milliseconds after the resolution.
  desk = await Desk.open({ CONFIRMATION_HOURS: '0.00001' });
});
afterAll(() => desk.close());

/** One step of a ticket's life: the command, its actor, the state after it, and its events. */
type Step = readonly [
  by: Name,
  command: string,
  body: object | undefined,
  after: State,
  ...events: string[],
];

const lives: Readonly<Record<string, readonly Step[]>> = {
  'handled, asked about, resolved and confirmed': [
    ['bob', 'handle', undefined, 'processing', 'TicketAssigned'],
    ['bob', 'severity', { severity: 'high' }, 'processing', 'TicketSeveritySet'],
    ['dave', 'notes', { text: 'Seen before.' }, 'processing', 'InternalNoteAdded'],
    ['alice', 'messages', { message: 'Still so.' }, 'processing', 'CustomerMessageAdded'],
    ['bob', 'request-feedback', { message: 'When?' }, 'pending_feedback', 'FeedbackRequested'],
    ['alice', 'provide-feedback', { message: 'Now.' }, 'pending_reply', 'FeedbackProvided'],
    ['bob', 'resume', { reason: 'Clear.' }, 'processing', 'ProcessingResumed'],
    ['bob', 'resolve', { summary: 'Done.' }, 'pending_confirmation', 'ResolutionSubmitted'],
    [
      'alice',
      'confirm',
      { rating: 5, comment: 'Quick.' },
      'closed',
      'ResolutionConfirmed',
      'TicketClosed',
    ],
  ],
  'assigned, forwarded, resolved, rejected, asked again, and closed by a lead': [
    ['lena', 'assign', { engineerId: 'dave' }, 'processing', 'TicketAssigned'],
    ['dave', 'forward', { engineerId: 'bob', reason: 'Ill.' }, 'processing', 'TicketForwarded'],
    ['bob', 'resolve', { summary: 'Done.' }, 'pending_confirmation', 'ResolutionSubmitted'],
    ['alice', 'reject-resolution', { reason: 'No.' }, 'pending_reply', 'ResolutionRejected'],
    ['bob', 'request-feedback', { message: 'Why?' }, 'pending_feedback', 'FeedbackRequested'],
    ['lena', 'forward', { engineerId: 'carol' }, 'pending_feedback', 'TicketForwarded'],
    ['alice', 'provide-feedback', { message: 'So.' }, 'pending_reply', 'FeedbackProvided'],
    ['carol', 'resolve', { summary: 'Again.' }, 'pending_confirmation', 'ResolutionSubmitted'],
    ['carol', 'withdraw-resolution', { reason: 'No.' }, 'processing', 'ResolutionWithdrawn'],
    ['lena', 'close', { reason: 'A duplicate.' }, 'closed', 'TicketClosed'],
    ['alice', 'evaluate', { rating: 2, comment: 'Hm.' }, 'closed', 'EvaluationSubmitted'],
  ],
  'forwarded while pending, and canceled': [
    ['alice', 'messages', { message: 'Urgent.' }, 'pending', 'CustomerMessageAdded'],
    ['lena', 'severity', { severity: 'critical' }, 'pending', 'TicketSeveritySet'],
    ['carol', 'forward', { engineerId: 'dave' }, 'pending', 'TicketForwarded'],
    ['alice', 'cancel', { reason: 'Found it.' }, 'canceled', 'TicketCanceled'],
  ],
  'taken by a lead, and confirmed without a rating': [
    ['lena', 'handle', undefined, 'processing', 'TicketAssigned'],
    ['lena', 'resolve', { summary: 'Done.' }, 'pending_confirmation', 'ResolutionSubmitted'],
    ['alice', 'confirm', undefined, 'closed', 'ResolutionConfirmed', 'TicketClosed'],
    ['alice', 'evaluate', { rating: 1 }, 'closed', 'EvaluationSubmitted'],
  ],
};

describe('a ticket that is', () => {
  it.each(Object.keys(lives))('%s answers every command with state and events', async (name) => {
    let before = await raise(desk);
    const seen: string[] = [...before.events];
    for (const [by, command, body, state, ...events] of lives[name] ?? []) {
      const answer = await desk.as(by).command(before.ticketId, command, body);
      const { ticketId, reference } = before;
      expect({ command, status: answer.status, body: answer.body }).toEqual({
        command,
        status: 200,
        body: {
          ticketId,
          reference,
          state,
          revision: before.revision + events.length,
          position: expect.stringMatching(/^\d+$/),
          events,
        },
      });
      expect(answer.headers.etag).toBe(`"${answer.body.revision}"`);
      expect(BigInt(answer.body.position)).toBeGreaterThan(BigInt(before.position));
      seen.push(...events);
      before = answer.body;
    }
    await expectHistory(before, seen);
  });
});

/** The log and the ticket's page match the answers. */
async function expectHistory(last: TicketAccepted, types: readonly string[]): Promise<void> {
  const history = await desk.as('lena').get<History>(`/tickets/${last.ticketId}/history`);
  expect(history.body.events.map(({ type }) => type)).toEqual(types);
  expect(history.body.events.map(({ revision }) => revision)).toEqual(types.map((_, i) => i));
  expect(history.body.events.at(-1)?.position).toBe(last.position);
  const page = await desk
    .as('alice')
    .get<TicketPage>(`/tickets/${last.ticketId}?minPosition=${last.position}`);
  const { state, revision, reference } = last;
  expect(page.body).toMatchObject({ state, revision, reference });
}

describe('an overdue confirmation', () => {
  it('lets the handler close the ticket as unconfirmed', async () => {
    const { ticketId } = await ticketIn(desk, 'pending_confirmation');
    const answer = await closedOnce(ticketId);
    expect(answer).toMatchObject({ state: 'closed', events: ['TicketClosed'] });
    const page = await desk
      .as('alice')
      .get<TicketPage>(`/tickets/${ticketId}?minPosition=${answer.position}`);
    expect(page.body).toMatchObject({ closeReason: 'unconfirmed', allowed: ['evaluate'] });
  });
});

/** The handler closes as soon as it is allowed. */
const closedOnce = (ticketId: string): Promise<TicketAccepted> =>
  until('it may be closed', async () => {
    const answer = await desk.as('bob').command(ticketId, 'close');
    if (answer.status === 200) return answer.body;
    expect(answer.status).toBe(409);
    return null;
  });

describe('a harmless repeat', () => {
  it.each<[string, Name, State, object | undefined]>([
    ['handle', 'bob', 'processing', undefined],
    ['handle', 'bob', 'pending_feedback', undefined],
    ['handle', 'bob', 'pending_reply', undefined],
    ['forward', 'bob', 'processing', { engineerId: 'bob' }],
    ['forward', 'lena', 'pending_feedback', { engineerId: 'bob' }],
    ['forward', 'bob', 'pending_reply', { engineerId: 'bob' }],
  ])('of %s by %s on a ticket that is %s appends nothing', async (command, by, state, body) => {
    const before = await ticketIn(desk, state);
    const answer = await desk.as(by).command(before.ticketId, command, body);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ...before, events: [] });
    expect(answer.headers.etag).toBe(`"${before.revision}"`);
  });

  it('of a forward to the only owner of a pending ticket appends nothing', async () => {
    const { ticketId } = await raise(desk);
    const forward = () => desk.as('bob').command(ticketId, 'forward', { engineerId: 'carol' });
    const first = await forward();
    expect(first.body.events).toEqual(['TicketForwarded']);
    const again = await desk.as('lena').command(ticketId, 'forward', { engineerId: 'carol' });
    expect(again.body).toEqual({ ...first.body, events: [] });
  });
});

describe('forwarding', () => {
  it.each([
    ['an unknown engineer', 'nobody'],
    ['an inactive engineer', 'gus'],
  ])('to %s is refused', async (_, engineerId) => {
    const { ticketId } = await ticketIn(desk, 'processing');
    for (const [command, on] of [
      ['forward', ticketId],
      ['assign', (await raise(desk)).ticketId],
    ] as const) {
      const answer = await desk.as('lena').command<unknown>(on, command, { engineerId });
      expect(answer).toMatchObject({ status: 422, body: { code: 'unknown_engineer' } });
    }
  });

  it('takes the ticket from the former handler', async () => {
    const { ticketId } = await ticketIn(desk, 'processing');
    await desk.as('bob').command(ticketId, 'forward', { engineerId: 'dave' });
    expect((await desk.as('bob').command(ticketId, 'resolve', { summary: 'x' })).status).toBe(403);
    expect((await desk.as('dave').command(ticketId, 'resolve', { summary: 'x' })).status).toBe(200);
  });
});

describe('a lead who closes', () => {
  it('must give a reason', async () => {
    const { ticketId } = await ticketIn(desk, 'processing');
    for (const body of [undefined, {}, { reason: '  ' }]) {
      const answer = await desk.as('lena').command<unknown>(ticketId, 'close', body);
      expect(answer).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', errors: [{ pointer: '/reason' }] },
      });
    }
  });
});
