import { v7 } from 'uuid';
import type { CommandRunner } from '#event-sourcing/command-runner.js';
import { NO_STREAM, type EventStore, type EventToAppend } from '#event-store/event-store.js';
import type { Snapshot, SnapshotStore } from '#event-store/snapshots.js';
import { ticketStream } from '#ticketing/streams.js';
import type { TicketCommand } from '#ticketing/ticket/catalogue.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { TicketState } from '#ticketing/ticket/state.js';
import { noteEvents } from './note-events.js';

export type TicketRunner = CommandRunner<TicketCommand, TicketState, TicketEvent>;

/** A ticket of some length, and the last snapshot that a running service would have written. */
export interface TicketStream {
  readonly stream: string;
  readonly snapshot: Snapshot | null;
}

const emil = { id: 'emil', tenant: 'acme', roles: ['engineer'] } as const;

/** Writes a ticket with notes: `settled` events, then a snapshot if one is due, then `more`. */
export async function writeTicket(
  log: EventStore,
  snapshots: SnapshotStore,
  newRunner: () => TicketRunner,
  { settled, more }: { readonly settled: number; readonly more: number },
): Promise<TicketStream> {
  const stream = ticketStream(v7());
  const beginning: EventToAppend[] = [...openingEvents(stream), ...noteEvents(settled - 2)];
  let { head } = await log.append(stream, NO_STREAM, beginning);
  await newRunner().read(stream);
  const snapshot = snapshots.load(stream);
  if (more > 0) ({ head } = await log.append(stream, head, noteEvents(more)));
  return { stream, snapshot };
}

/** Runs the command `notes`, which must be accepted. */
export async function addNote(runner: TicketRunner, stream: string): Promise<void> {
  const commandId = v7();
  const at = new Date().toISOString();
  const outcome = await runner.run(
    stream,
    { type: 'notes', text: 'The toner was changed last week.', by: emil, at },
    {
      commandId,
      at,
      actor: { id: emil.id, tenant: emil.tenant },
      correlationId: commandId,
      causationId: commandId,
    },
  );
  if (outcome.kind !== 'done' || outcome.events.length !== 1) {
    throw new Error(`A note was not accepted: ${outcome.kind}.`);
  }
}

function openingEvents(stream: string): EventToAppend[] {
  const facts: Pick<EventToAppend, 'type' | 'data'>[] = [
    {
      type: 'TicketCreated',
      data: {
        ticketId: stream.slice('ticket-'.length),
        requester: { id: 'carol', tenant: 'acme' },
        serviceId: 'printing',
        issueType: null,
        description: 'The printer on the third floor prints every page twice.',
        contact: { email: 'carol@acme.test' },
        agreementVersion: '1',
        previousTicketId: null,
        sensitiveAcknowledged: false,
      },
    },
    { type: 'TicketAssigned', data: { engineerId: 'emil', how: 'claimed', reason: null } },
  ];
  return noteEvents(facts.length).map((event, index) => ({ ...event, ...facts[index] }));
}
