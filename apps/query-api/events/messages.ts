import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { START, type Position } from '#event-store/event-store.js';
import { referenceOf } from '#ticketing/reference.js';
import type { EventVisibility } from '#ticketing/ticket/visibility.js';
import { shown } from '#ticketing/text.js';
import { subjectOf } from '#ticketing/streams.js';
import { eventAnswer } from '../event-answer.js';
import type { EventMessage } from './event-message.js';

/** How long a client waits before it reconnects. */
const RETRY_DELAY_MS = 2_000;

/**
 * The first message of a stream. It sends the position at once, without any event, so that a client
 * whose connection breaks before its first event resumes from there and misses none. A client that
 * resumes knows the position and gets no message: one without an id would make it forget its own.
 */
export const opening = (position: Position, isKnown: boolean): string =>
  `retry: ${RETRY_DELAY_MS}\n${isKnown ? '' : `${idLine(position)}\n`}`;

/**
 * Keeps the connection open and sends the position that the stream has reached: a client that may
 * see few events then need not pass all others again when it reconnects.
 */
export const keepAlive = (position: Position): string => `${idLine(position)}: keep-alive\n\n`;

/** Before the first event there is no position to resume from. */
const idLine = (position: Position): string => (position === START ? '' : `id: ${position}\n`);

/** The event is visible in part or as a whole. */
type Visible = Exclude<EventVisibility, 'nothing'>;

/** Writes events as messages. Many streams send the same ones, so each is written once. */
export class Messages {
  readonly #written: Readonly<Record<Visible, WeakMap<DecodedEvent, string>>> = {
    everything: new WeakMap(),
    'without staff reasons': new WeakMap(),
    'without data': new WeakMap(),
  };

  of(event: DecodedEvent, visibility: Visible): string {
    const written = this.#written[visibility];
    let message = written.get(event);
    if (message === undefined) {
      message = write(event, visibility);
      written.set(event, message);
    }
    return message;
  }
}

function write(event: DecodedEvent, visibility: Visible): string {
  const { data, ...rest } = eventAnswer(event, visibility);
  const message: EventMessage = {
    ...subjectMembers(event),
    ...rest,
    ...(visibility === 'without data' ? {} : { data }),
  };
  return `id: ${rest.position}\nevent: ${event.type}\ndata: ${onOneLine(message)}\n\n`;
}

/**
 * JSON on one line for every client: some clients end lines not only at LF and CR, but wherever
 * Unicode does, and JSON leaves those characters as they are.
 */
const onOneLine = (value: object): string => shown(JSON.stringify(value));

/** The ticket, service or engineer that an event belongs to; of a ticket also its state after it. */
function subjectMembers({ stream, metadata }: DecodedEvent): Partial<EventMessage> {
  const subject = subjectOf(stream);
  if (subject === null) return {};
  const { kind, id } = subject;
  if (kind !== 'ticket') return { [`${kind}Id`]: id };
  return { ticketId: id, reference: referenceOf(id), state: metadata.after?.state };
}
