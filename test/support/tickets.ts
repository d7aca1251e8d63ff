import type { State, TicketAccepted } from './answers.js';
import type { Desk } from './desk.js';
import type { Name } from './people.js';

/** A request to create a ticket; `changes` replaces members, undefined removes them. */
export const creation = (changes: Readonly<Record<string, unknown>> = {}) => ({
  serviceId: 'vpn',
  description: 'The tunnel drops every hour.',
  contact: { email: 'alice@acme.example' },
  agreement: { accepted: true, version: '2026-01' },
  ...changes,
});

type Step = readonly [by: Name, command: string, body?: object];

const handled: Step = ['bob', 'handle'];
const asked: Step = ['bob', 'request-feedback', { message: 'Since when?' }];
const answered: Step = ['alice', 'provide-feedback', { message: 'Since Monday.' }];
const resolved: Step = ['bob', 'resolve', { summary: 'Renewed the certificate.' }];
const confirmed: Step = ['alice', 'confirm'];

/** The commands that bring alice's ticket into each state. bob is the handler; a closed ticket has no rating. */
export const wayTo: Readonly<Record<State, readonly Step[]>> = {
  pending: [],
  processing: [handled],
  pending_feedback: [handled, asked],
  pending_reply: [handled, asked, answered],
  pending_confirmation: [handled, resolved],
  canceled: [['alice', 'cancel']],
  closed: [handled, resolved, confirmed],
};

/** Creates a ticket of alice's. */
export async function raise(
  desk: Pick<Desk, 'as'>,
  changes: Readonly<Record<string, unknown>> = {},
  by: Name = 'alice',
): Promise<TicketAccepted> {
  const { status, body, text } = await desk.as(by).post('/tickets', creation(changes));
  if (status !== 201) throw new Error(`The ticket was not created: ${text}`);
  return body;
}

/** Sends a command that must succeed. */
export async function give(
  desk: Pick<Desk, 'as'>,
  by: Name,
  ticketId: string,
  command: string,
  body?: object,
): Promise<TicketAccepted> {
  const answer = await desk.as(by).command(ticketId, command, body);
  if (answer.status !== 200) throw new Error(`${by} may not ${command}: ${answer.text}`);
  return answer.body;
}

/** Creates a ticket of alice's and brings it into a state. */
export async function ticketIn(
  desk: Pick<Desk, 'as'>,
  state: State,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<TicketAccepted> {
  let ticket = await raise(desk, changes);
  for (const [by, command, body] of wayTo[state]) {
    ticket = await give(desk, by, ticket.ticketId, command, body);
  }
  return ticket;
}
