import type { Page, TicketItem } from './answers.js';
import type { Desk } from './desk.js';
import { give, raise } from './tickets.js';

/** The fixture of the access matrix: alice's tickets and a desk, with an event of every type. */
export interface MatrixStory {
  /** Closed and evaluated, so that no command changes it any more. */
  readonly ticketId: string;
  /** Before the first event of the story, and at its last one. */
  readonly begin: string;
  readonly end: string;
}

export const NOTE = 'The customer is tiresome.';
export const EMAIL = 'alice.private@acme.example';

export async function tellMatrixStory(desk: Desk): Promise<MatrixStory> {
  const begin = (await desk.as('lena').get<Page<TicketItem>>('/tickets')).body.position;
  const { ticketId } = await raise(desk, { contact: { email: EMAIL } });
  for (const [by, command, body] of [
    ['bob', 'handle', undefined],
    ['bob', 'severity', { severity: 'high' }],
    ['dave', 'notes', { text: NOTE }],
    ['alice', 'messages', { message: 'It happened again.' }],
    ['bob', 'request-feedback', { message: 'Since when?' }],
    ['alice', 'provide-feedback', { message: 'Since Monday.' }],
    ['bob', 'resume', {}],
    ['bob', 'forward', { engineerId: 'carol' }],
    ['carol', 'resolve', { summary: 'Restarted it.' }],
    ['carol', 'withdraw-resolution', { reason: 'It was the wrong one.' }],
    ['carol', 'resolve', { summary: 'Renewed the certificate.' }],
    ['alice', 'reject-resolution', { reason: 'It still drops.' }],
    ['carol', 'resolve', { summary: 'Replaced the router.' }],
    ['alice', 'confirm', {}],
    ['alice', 'evaluate', { rating: 4, comment: 'Thank you.' }],
  ] as const) {
    await give(desk, by, ticketId, command, body);
  }
  const canceled = await raise(desk);
  await give(desk, 'alice', canceled.ticketId, 'cancel');
  await raise(desk, { onBehalfOf: { id: 'zoe', tenant: 'initech' } }, 'lena');
  await raise(desk, { serviceId: 'orphan' });
  await desk.putEngineer('fred');
  await desk.as('anna').put('/engineers/fred', { displayName: 'Fred', email: 'fred@x.example' });
  await desk.putEngineer('fred', false);
  await desk.putService('fax');
  await desk.putOwners('fax', 'bob');
  await desk.putService('fax', { name: 'Telefax' });
  await desk.putService('fax', { name: 'Telefax', active: false });
  const last = await desk
    .as('anna')
    .put<{ position: string }>('/services/last', { name: 'The last event' });
  return { ticketId, begin, end: last.body.position };
}
