import { states } from './answers.js';
import type { Desk } from './desk.js';
import { creation, give, raise, ticketIn } from './tickets.js';
import { Witness, type Shown } from './witness.js';

/** The story of a desk from the beginning, with what all people saw in between. */
export interface Past {
  readonly shown: readonly Shown[];
  /** alice's tickets, one of each state at first, and zoe's. */
  readonly tickets: readonly string[];
}

/** Plays the story at a new desk. */
export async function makePast(desk: Desk): Promise<Past> {
  const witness = new Witness(desk);
  const shown: Shown[] = [];
  const tickets: string[] = [];
  let position = await desk.putService('vpn');
  shown.push(await witness.remember(tickets, position));

  for (const state of states) tickets.push((await ticketIn(desk, state)).ticketId);
  ({ position } = await raise(desk, { description: 'My tunnel.' }, 'otherAlice'));
  shown.push(await witness.remember(tickets, position));

  const [pending = '', processing = '', feedback = '', reply = '', confirmation = ''] = tickets;
  await give(desk, 'lena', pending, 'forward', { engineerId: 'dave' });
  await give(desk, 'dave', pending, 'handle');
  await give(desk, 'bob', processing, 'severity', { severity: 'high' });
  await give(desk, 'alice', processing, 'messages', { message: 'It happened again.' });
  await give(desk, 'bob', processing, 'notes', { text: 'Xylophone.' });
  await give(desk, 'alice', feedback, 'provide-feedback', { message: 'Since Monday.' });
  await give(desk, 'bob', reply, 'resume');
  await give(desk, 'alice', confirmation, 'reject-resolution', { reason: 'It still drops.' });
  const lines = Array.from({ length: 9 }, (_, n) => ({
    command: 'create',
    ...creation({
      onBehalfOf: { id: 'zoe', tenant: 'initech' },
      serviceId: 'mail',
      issueType: 'spam',
      description: `Mail number ${n}.`,
    }),
  }));
  const { results } = await desk.as('lena').batch(lines);
  tickets.push(...results.map(({ ticketId = '' }) => ticketId));
  await desk.putService('mail', { name: 'Post', issueTypes: ['spam'] });
  ({ position } = await give(desk, 'lena', tickets.at(-1) ?? '', 'severity', { severity: 'low' }));
  shown.push(await witness.remember(tickets, position));

  await desk.putService('vpn', { name: 'Tunnels' });
  for (const ticketId of tickets.slice(7)) {
    await give(desk, 'lena', ticketId, 'close', { reason: 'Spring cleaning.' });
  }
  await give(desk, 'alice', tickets[6] ?? '', 'evaluate', { rating: 5 });
  await give(desk, 'dave', pending, 'resolve', { summary: 'Monday again.' });
  ({ position } = await give(desk, 'alice', pending, 'confirm', { rating: 4 }));
  shown.push(await witness.remember(tickets, position));
  return { shown, tickets };
}
