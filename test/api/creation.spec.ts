import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { expectProblem, pointersOf } from '#test/support/problems.js';
import { creation, raise, ticketIn } from '#test/support/tickets.js';
import type { History, TicketPage } from '#test/support/answers.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const post = (changes: Readonly<Record<string, unknown>>, by: Name = 'alice') =>
  desk.as(by).post<unknown>('/tickets', creation(changes));

const period = (changes: Record<string, unknown>) => ({
  mobile: '+390612345678',
  receivingPeriod: { from: '09:00', to: '18:00', timeZone: 'Europe/Rome', ...changes },
});

describe('creating a ticket', () => {
  it('answers 201 with the location, and dispatches it in the same append', async () => {
    const { status, headers, body } = await desk.as('alice').post('/tickets', creation());
    expect(status).toBe(201);
    expect(body).toEqual({
      ticketId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f-]{17}$/),
      reference: expect.stringMatching(/^ST-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/),
      state: 'pending',
      revision: 1,
      position: expect.stringMatching(/^\d+$/),
      events: ['TicketCreated', 'TicketDispatched'],
    });
    expect(headers).toMatchObject({
      location: `/api/v1/tickets/${body.ticketId}`,
      etag: '"1"',
      'content-type': expect.stringMatching(/^application\/json/),
    });
    const at = await desk.as('alice').json<TicketPage>({
      method: 'GET',
      path: `${headers.location}?minPosition=${body.position}`,
    });
    expect(at.body).toMatchObject({ ticketId: body.ticketId, owners: ['bob', 'carol'] });
  });

  it('does not dispatch if the service has no owners', async () => {
    const { events, revision } = await raise(desk, { serviceId: 'orphan' });
    expect({ events, revision }).toEqual({ events: ['TicketCreated'], revision: 0 });
  });

  it('derives the id from the caller and the key, if any', async () => {
    const key = { 'idempotency-key': 'derived' };
    const { body } = await desk.as('alice').post('/tickets', creation(), key);
    expect(body.ticketId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8/);
  });

  it('stores the input, with the version of the agreement', async () => {
    const { ticketId } = await raise(desk, {
      serviceId: 'mail',
      issueType: 'spam',
      contact: {
        mobile: '+390612345678',
        receivingPeriod: { from: '09:00', to: '18:00', timeZone: 'Europe/Rome' },
      },
    });
    const { body } = await desk.as('alice').get<History>(`/tickets/${ticketId}/history`);
    expect(body.events[0]).toMatchObject({
      type: 'TicketCreated',
      actor: { id: 'alice', role: 'customer' },
      data: { serviceId: 'mail', issueType: 'spam', agreementVersion: '2026-01' },
    });
  });

  it('lets a customer refer to an earlier ticket of their own', async () => {
    const previousTicketId = (await ticketIn(desk, 'closed')).ticketId;
    expect((await post({ previousTicketId })).status).toBe(201);
  });

  it.each(['bob', 'lena'] as const)('lets %s create one on behalf of a customer', async (name) => {
    const onBehalfOf = { id: 'zoe', tenant: 'initech' };
    const { ticketId } = await raise(desk, { onBehalfOf }, name);
    const history = await desk.as('lena').get<History>(`/tickets/${ticketId}/history`);
    expect(history.body.events[0]).toMatchObject({
      actor: { id: name, onBehalfOf },
      data: { requester: onBehalfOf },
    });
  });

  it.each([1, 10_000])('accepts a description of %i characters', async (length) => {
    expect((await post({ description: 'x'.repeat(length) })).status).toBe(201);
  });
});

describe('a refused creation', () => {
  it.each([
    ['unknown_service', { serviceId: 'no-such-service' }],
    ['inactive_service', { serviceId: 'retired' }],
    ['agreement_required', { agreement: undefined }],
    ['agreement_required', { agreement: { accepted: false, version: '1' } }],
    ['sensitive_content', { description: 'My password: hunter2' }],
    ['sensitive_content', { description: 'Card 4111 1111 1111 1111' }],
    ['sensitive_content', { description: '-----BEGIN RSA PRIVATE KEY-----\nMIIE' }],
  ])('answers %s for %j', async (code, changes) => {
    const problem = expectProblem(await post(changes), code);
    expect(problem.instance).toBe('/api/v1/tickets');
  });

  it('is accepted if the caller acknowledges the text', async () => {
    const changes = { description: 'The field password: is empty', acknowledgeSensitive: true };
    expect((await post(changes)).status).toBe(201);
  });

  it('is refused without the acknowledgement', async () => {
    const changes = { description: 'The field password: is empty', acknowledgeSensitive: false };
    expectProblem(await post(changes), 'sensitive_content');
  });

  it.each<[string, Record<string, unknown>]>([
    ['/description', { description: ' \n\t ' }],
    ['/description', { description: '' }],
    ['/description', { description: undefined }],
    ['/serviceId', { serviceId: undefined }],
    ['/serviceId', { serviceId: 'Not A Slug' }],
    ['/issueType', { issueType: 'spam' }],
    ['/issueType', { serviceId: 'mail' }],
    ['/issueType', { serviceId: 'mail', issueType: 'hardware' }],
    ['/contact', { contact: undefined }],
    ['/contact', { contact: {} }],
    ['/contact/mobile', { contact: { mobile: '06 1234' } }],
    ['/contact/mobile', { contact: { mobile: '+0612345678' } }],
    ['/contact/email', { contact: { email: 'alice' } }],
    ['/contact/phone', { contact: { email: 'a@b.example', phone: '1' } }],
    ['/contact/receivingPeriod/from', { contact: period({ from: '9:00' }) }],
    ['/contact/receivingPeriod/to', { contact: period({ to: '24:00' }) }],
    ['/contact/receivingPeriod/timeZone', { contact: period({ timeZone: 'Rome' }) }],
    ['/contact/receivingPeriod/timeZone', { contact: period({ timeZone: '+01:00' }) }],
    [
      '/contact/receivingPeriod',
      { contact: { ...period({}), mobile: undefined, email: 'a@b.example' } },
    ],
    ['/agreement/version', { agreement: { accepted: true } }],
    ['/agreement/accepted', { agreement: { accepted: 'yes', version: '1' } }],
    ['/previousTicketId', { previousTicketId: 'not-an-id' }],
    ['/previousTicketId', { previousTicketId: '00000000-0000-7000-8000-000000000000' }],
    ['/acknowledgeSensitive', { acknowledgeSensitive: 1 }],
  ])('names %s for %j', async (pointer, changes) => {
    const problem = expectProblem(await post(changes), 'invalid_request');
    expect(pointersOf(problem)).toContain(pointer);
  });

  it('accepts at most 10,000 characters', async () => {
    const answer = await post({ description: 'x'.repeat(10_001) });
    expect(pointersOf(expectProblem(answer, 'invalid_request'))).toEqual(['/description']);
  });

  it('reports all invalid fields at once', async () => {
    const answer = await post({ serviceId: 7, description: '', colour: 'red' });
    const pointers = pointersOf(expectProblem(answer, 'invalid_request'));
    expect(pointers).toEqual(expect.arrayContaining(['/colour', '/description', '/serviceId']));
  });

  it("does not let a customer refer to another customer's ticket", async () => {
    const { ticketId: previousTicketId } = await raise(desk);
    for (const name of ['mallory', 'otherAlice'] as const) {
      const problem = expectProblem(await post({ previousTicketId }, name), 'invalid_request');
      expect(pointersOf(problem)).toEqual(['/previousTicketId']);
    }
  });

  it.each(['anna', 'audra', 'rita', 'petra', 'norma', 'bob', 'lena'] as const)(
    'is forbidden to %s, who is not a customer',
    async (name) => {
      expectProblem(await post({}, name), 'forbidden');
    },
  );

  it('is forbidden to a customer on behalf of another', async () => {
    const onBehalfOf = { id: 'mallory', tenant: 'acme' };
    expectProblem(await post({ onBehalfOf }), 'forbidden');
  });

  it('stores nothing', async () => {
    await desk.caughtUp(await desk.putService('vpn'));
    const before = await desk.as('bob').get<{ position: string }>('/tickets');
    expectProblem(await post({ agreement: undefined }), 'agreement_required');
    const after = await desk.as('bob').get<{ position: string }>('/tickets');
    expect(after.body.position).toBe(before.body.position);
  });
});
