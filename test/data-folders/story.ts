import type { Client } from '#test/support/client.js';
import { type Answer } from '#test/support/client.js';
import type { Name } from '#test/support/people.js';
import { states } from '#test/support/answers.js';
import { creation, give, raise, ticketIn } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

/** A service on some data folder, with clients for its people. */
export interface People {
  as(name: Name): Client;
}

/** A request and its answer. */
export interface Recorded {
  readonly by: Name;
  readonly path: string;
  readonly body: unknown;
}

/** Commands with an idempotency key, and their first answers. */
export interface RecordedCommand extends Recorded {
  readonly request: object;
  readonly key: string;
}

/** The recorded answers of a service. */
export interface Recordings {
  readonly queries: readonly Recorded[];
  readonly commands: readonly RecordedCommand[];
  /** The position of the last event. */
  readonly head: string;
  /** A ticket that waits for owners of its service, and the service. */
  readonly waiting: { readonly ticketId: string; readonly serviceId: string };
}

const answered = ({ status, body, text }: Answer<unknown>): unknown => {
  if (status >= 300) throw new Error(`It answered ${status}: ${text}`);
  return body;
};

/** Fills an empty data folder: a ticket in each state, and everything else that old data may have. */
export async function fill(people: People): Promise<Recordings> {
  const put = async (path: string, body: object) =>
    answered(await people.as('anna').put(path, body));
  const putOwners = (service: string, ...engineerIds: string[]) =>
    put(`/services/${service}/owners`, { engineerIds });
  for (const id of ['bob', 'carol', 'gus']) {
    await put(`/engineers/${id}`, { displayName: id.toUpperCase(), email: `${id}@desk.example` });
  }
  const gus = { displayName: 'GUS', email: 'gus@desk.example', active: false };
  await put('/engineers/gus', gus);
  for (const id of ['vpn', 'late', 'orphan']) await put(`/services/${id}`, { name: id });
  await put('/services/mail', { name: 'mail', issueTypes: ['spam'] });
  for (const id of ['vpn', 'mail']) await putOwners(id, 'bob', 'carol');

  const spam = { serviceId: 'mail', issueType: 'spam' };
  for (const state of states) await ticketIn(people, state, spam);
  const { ticketId } = await ticketIn(people, 'processing');
  await give(people, 'bob', ticketId, 'severity', { severity: 'high' });
  await give(people, 'bob', ticketId, 'notes', { text: 'The router restarts.' });
  await give(people, 'alice', ticketId, 'messages', { message: 'Is there any news?' });
  await give(people, 'bob', ticketId, 'forward', { engineerId: 'carol', reason: 'Holiday' });
  const { ticketId: closed } = await ticketIn(people, 'closed');
  await give(people, 'alice', closed, 'evaluate', { rating: 4, comment: 'Quick.' });

  const late = await raise(people, { serviceId: 'late' });
  await putOwners('late', 'bob');
  await until('the policy has dispatched it', async () => {
    const { body } = await people.as('bob').get<{ owners: object[] }>(`/tickets/${late.ticketId}`);
    return body.owners.length > 0 ? true : null;
  });
  const waiting = await raise(people, { serviceId: 'orphan' });
  const commands = await giveWithKeys(people, ticketId);
  const { position: head } = commands.at(-1)?.body as { position: string };
  const queries = await record(people, head);
  return { queries, commands, head, waiting: { ticketId: waiting.ticketId, serviceId: 'orphan' } };
}

async function giveWithKeys(people: People, ticketId: string): Promise<RecordedCommand[]> {
  const wanted: readonly Omit<RecordedCommand, 'body'>[] = [
    { by: 'alice', path: '/tickets', key: 'raise 1', request: creation() },
    { by: 'bob', path: `/tickets/${ticketId}/notes`, key: 'note 1', request: { text: 'Once.' } },
  ];
  const given: RecordedCommand[] = [];
  for (const one of wanted) {
    const headers = { 'idempotency-key': one.key };
    const answer = await people.as(one.by).post<unknown>(one.path, one.request, headers);
    given.push({ ...one, body: answered(answer) });
  }
  return given;
}

/** Records the answers of all queries. */
async function record(people: People, position: string): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  const ask = async (by: Name, path: string) => {
    const separator = path.includes('?') ? '&' : '?';
    const minPosition = path.includes('/history') ? '' : `${separator}minPosition=${position}`;
    const body = answered(await people.as(by).get(path + minPosition));
    recorded.push({ by, path, body });
    return body;
  };
  const list = (await ask('lena', '/tickets?limit=200')) as { items: { ticketId: string }[] };
  for (const { ticketId } of list.items) {
    for (const by of ['lena', 'alice'] as const) await ask(by, `/tickets/${ticketId}`);
    await ask('lena', `/tickets/${ticketId}/history`);
  }
  for (const query of ['q=tunnel', 'state=closed&sort=createdAt', 'owner=bob']) {
    await ask('bob', `/tickets?${query}`);
  }
  for (const by of ['service', 'handler', 'owner', 'severity', 'tenant']) {
    await ask('lena', `/reports/summary?groupBy=${by}`);
  }
  for (const path of ['/reports/satisfaction', '/reports/durations', '/services', '/owners']) {
    await ask('lena', path);
  }
  for (const by of ['alice', 'bob', 'carol'] as const) await ask(by, '/todos');
  return recorded;
}
