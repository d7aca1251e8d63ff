import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TicketPage } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { expectProblem } from '#test/support/problems.js';
import { raise, ticketIn } from '#test/support/tickets.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const note = (ticketId: string, ifMatch: string) =>
  desk.as('bob').command(ticketId, 'notes', { text: 'Seen.' }, { 'if-match': ifMatch });

describe('If-Match', () => {
  it('accepts a command at its revision, once', async () => {
    const { ticketId, revision } = await raise(desk);
    const answer = await note(ticketId, `"${revision}"`);
    expect(answer).toMatchObject({ status: 200, headers: { etag: `"${revision + 1}"` } });
    expectProblem(await note(ticketId, `"${revision}"`), 'revision_mismatch');
    const next = await note(ticketId, answer.headers.etag ?? '');
    expect(next.status).toBe(200);
  });

  it.each([-1, 1, 100])('refuses a revision that is off by %i, and appends nothing', async (by) => {
    const { ticketId, revision, position } = await raise(desk);
    expectProblem(await note(ticketId, `"${revision + by}"`), 'revision_mismatch');
    const { body } = await desk
      .as('bob')
      .get<TicketPage>(`/tickets/${ticketId}?minPosition=${position}`);
    expect(body).toMatchObject({ revision, notes: [] });
  });

  it.each(['5', '"five', '" 1"', ' ', '*, "1"', 'w/"1"', '"1" "2"', 'W/ "1"', ','])(
    'is refused if it is no list of entity tags: %s',
    async (field) => {
      expectProblem(await note((await raise(desk)).ticketId, field), 'invalid_request');
    },
  );

  it.each(['"five"', '"-1"', '""', '"1e3"', '"00"', '"98", "99"', '"a,b"', '"é"'])(
    'never matches with other tags: %s',
    async (field) => {
      expectProblem(await note((await raise(desk)).ticketId, field), 'revision_mismatch');
    },
  );

  it('accepts one of several tags', async () => {
    const { ticketId, revision } = await raise(desk);
    const answer = await note(ticketId, `"99", W/"98" ,"${revision}",, "x"`);
    expect(answer.status).toBe(200);
  });

  it('never matches with a weak tag', async () => {
    const { ticketId, revision } = await raise(desk);
    expectProblem(await note(ticketId, `W/"${revision}"`), 'revision_mismatch');
  });

  it('with an asterisk only requires that the ticket exists', async () => {
    expect((await note((await raise(desk)).ticketId, '*')).status).toBe(200);
    const none = '00000000-0000-7000-8000-000000000000';
    expectProblem(await note(none, '*'), 'not_found');
  });

  it('with the right revision does not allow a forbidden command', async () => {
    const { ticketId, revision } = await raise(desk);
    const headers = { 'if-match': `"${revision}"` };
    const answer = await desk.as('dave').command(ticketId, 'handle', undefined, headers);
    expectProblem(answer, 'forbidden');
  });

  it('with a wrong revision is checked after visibility and rights', async () => {
    const { ticketId } = await raise(desk);
    const headers = { 'if-match': '"99"' };
    const by = (name: 'dave' | 'mallory') =>
      desk.as(name).command(ticketId, 'cancel', undefined, headers);
    expectProblem(await by('dave'), 'forbidden');
    expectProblem(await by('mallory'), 'not_found');
  });

  it('with the current revision accepts a harmless repeat', async () => {
    const { ticketId, revision } = await ticketIn(desk, 'processing');
    const handle = (tag: number) =>
      desk.as('bob').command(ticketId, 'handle', undefined, { 'if-match': `"${tag}"` });
    expect((await handle(revision)).body.events).toEqual([]);
    expectProblem(await handle(revision - 1), 'revision_mismatch');
  });

  it('accepts one of many concurrent writes', async () => {
    const { ticketId, revision } = await raise(desk);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => note(ticketId, `"${revision}"`)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
  });

  it('works for services and engineers, too', async () => {
    const put = (path: string, body: object, tag: string) =>
      desk.as('anna').put<{ revision: number }>(path, body, { 'if-match': tag });
    const engineer = { displayName: 'Edda', email: 'edda@operator.example' };
    expectProblem(await put('/engineers/edda', engineer, '"0"'), 'revision_mismatch');
    await desk.putEngineer('edda');
    expect((await put('/engineers/edda', engineer, '"0"')).body.revision).toBe(1);
    expectProblem(await put('/engineers/edda', engineer, '"0"'), 'revision_mismatch');
    expect((await put('/services/vpn', { name: 'Tunnels' }, '"1"')).body.revision).toBe(2);
    const owners = { engineerIds: ['carol', 'bob'] };
    expectProblem(await put('/services/vpn/owners', owners, '"1"'), 'revision_mismatch');
    expect((await put('/services/vpn/owners', owners, '"2"')).status).toBe(200);
  });
});

describe('without If-Match', () => {
  it('concurrent commands are decided one after the other, and all succeed', async () => {
    const { ticketId, revision } = await raise(desk);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        desk.as('bob').command(ticketId, 'notes', { text: `Note ${index}` }),
      ),
    );
    const revisions = answers.map(({ body }) => body.revision).sort((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: 20 }, (_, index) => revision + 1 + index));
  });

  it('one of two engineers who handle concurrently wins, the other gets the handler', async () => {
    const { ticketId } = await raise(desk);
    const names = ['bob', 'carol'] as const;
    const answers = await Promise.all(names.map((by) => desk.as(by).command(ticketId, 'handle')));
    const won = answers.findIndex(({ status }) => status === 200);
    const lost = answers[1 - won];
    expect(lost).toMatchObject({
      status: 409,
      body: { code: 'already_handled', handler: names[won], state: 'processing' },
    });
  });
});
