import type { BatchResult } from '#test/support/answers.js';
import type { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { creation } from '#test/support/tickets.js';

/** One command of a worker, with a key that is also in its text. */
export interface Order {
  readonly key: string;
  readonly by: Name;
  readonly command: string;
  /** Null if the command creates the ticket. */
  readonly ticketId: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The events of the command, all or none of which may be appended. */
  readonly appends: readonly (readonly string[])[];
}

/** The answer of the service to a command. */
export interface Outcome {
  readonly order: Order;
  readonly ticketId: string;
  readonly revision: number;
  readonly position: string;
  readonly events: readonly string[];
}

/** A step of a ticket's life, as a command with this key. */
type Step = (key: string, serviceId: string) => Omit<Order, 'key' | 'ticketId'>;

const create: Step = (key, serviceId) => ({
  by: 'alice',
  command: 'create',
  fields: creation({ serviceId, description: key }),
  // The other services get owners during the load: a creation may dispatch or not.
  appends: [
    ['TicketCreated', 'TicketDispatched'],
    ...(serviceId === 'vpn' ? [] : [['TicketCreated']]),
  ],
});

const step =
  (by: Name, command: string, text: string, ...events: string[]): Step =>
  (key) => ({ by, command, fields: { [text]: key }, appends: [events] });

export const note = step('bob', 'notes', 'text', 'InternalNoteAdded');
const message = step('alice', 'messages', 'message', 'CustomerMessageAdded');

/** A whole life, so that every kind of append is running at some moment. */
export const wholeLife: readonly Step[] = [
  create,
  note,
  message,
  step('bob', 'handle', 'reason', 'TicketAssigned'),
  step('bob', 'request-feedback', 'message', 'FeedbackRequested'),
  step('alice', 'provide-feedback', 'message', 'FeedbackProvided'),
  step('bob', 'resolve', 'summary', 'ResolutionSubmitted'),
  step('alice', 'confirm', 'comment', 'ResolutionConfirmed', 'TicketClosed'),
];

/** The life of a ticket that is dispatched at an unknown time. */
export const shortLife: readonly Step[] = [create, message, message];

/** Sends one command as a request. Rejects if the connection breaks. */
export async function sendOne(desk: Desk, order: Order): Promise<Outcome> {
  const { key, by, command, ticketId, fields } = order;
  const path = ticketId === null ? '/tickets' : `/tickets/${ticketId}/${command}`;
  const answer = await desk.as(by).post(path, fields, { 'idempotency-key': key });
  return outcomeOf(order, { ...answer.body, status: answer.status });
}

/** Sends the commands of one person as a batch. */
export async function sendBatch(desk: Desk, orders: readonly Order[]): Promise<Outcome[]> {
  const lines = orders.map(({ key, command, ticketId, fields }) => ({
    command,
    ...(ticketId === null ? {} : { ticketId }),
    idempotencyKey: key,
    ...fields,
  }));
  const by = orders[0]?.by ?? 'alice';
  const { status, text, results } = await desk.as(by).batch(lines);
  if (status !== 200 || results.length !== orders.length) {
    throw new Refused(`A batch of ${orders.length} was answered ${status}: ${text.slice(0, 500)}`);
  }
  return orders.map((order, index) => outcomeOf(order, results[index] ?? { status: 0 }));
}

/** The service answered unexpectedly: no command here may be refused. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

function outcomeOf(order: Order, result: BatchResult): Outcome {
  const { status, ticketId, revision, position, events } = result;
  const accepted = status === (order.ticketId === null ? 201 : 200);
  if (!accepted || !ticketId || revision === undefined || !position || !events) {
    throw new Refused(`Order ${order.key} (${order.command}): ${JSON.stringify(result)}`);
  }
  return { order, ticketId, revision, position, events };
}
