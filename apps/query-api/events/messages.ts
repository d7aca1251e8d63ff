import { START, type Position, type RecordedEvent } from '#event-store/event-store.js';
import { referenceOf } from '#ticketing/reference.js';
import type { TicketFacets } from '#ticketing/ticket/state.js';
import { toldEvent } from '../told-event.js';

/** How long a client waits before it connects again. */
const RETRY_MILLISECONDS = 2_000;

/**
 * How a stream begins. Its position is told at once, without any event, so that a client whose
 * connection breaks before its first event goes on from there and misses none. Who comes back with
 * a position knows it: no message is begun for them, for one without an id would make it forgotten.
 */
export const opening = (position: Position, isKnown: boolean): string =>
  `retry: ${RETRY_MILLISECONDS}\n${isKnown ? '' : `${idLine(position)}\n`}`;

/**
 * Says that the stream is alive, and how far it has got: whoever sees little of the log need not
 * be led through all the rest again.
 */
export const keepAlive = (position: Position): string => `${idLine(position)}: keep-alive\n\n`;

/** Before the first event there is no position to go on from. */
const idLine = (position: Position): string => (position === START ? '' : `id: ${position}\n`);

/** Writes events as messages. Many streams tell the same ones: each is written once. */
export class Messages {
  readonly #whole = new WeakMap<RecordedEvent, string>();
  readonly #withoutData = new WeakMap<RecordedEvent, string>();

  of(event: RecordedEvent, withData: boolean): string {
    const written = withData ? this.#whole : this.#withoutData;
    let message = written.get(event);
    if (message === undefined) {
      message = write(event, withData);
      written.set(event, message);
    }
    return message;
  }
}

function write(event: RecordedEvent, withData: boolean): string {
  const { data, ...told } = toldEvent(event);
  const message = { ...subjectOf(event), ...told, ...(withData ? { data } : {}) };
  return `id: ${told.position}\nevent: ${event.type}\ndata: ${onOneLine(message)}\n\n`;
}

/**
 * JSON that is one line to every reader: there are clients that end lines not at LF and CR alone,
 * but wherever Unicode does, which JSON leaves as it is.
 */
const onOneLine = (value: object): string =>
  JSON.stringify(value).replace(
    /[\u0085\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Which ticket, service or engineer an event is of; of a ticket also what it is now. */
function subjectOf({ stream, metadata }: RecordedEvent): object {
  const kind = stream.slice(0, stream.indexOf('-'));
  const id = stream.slice(kind.length + 1);
  if (kind !== 'ticket') return { [`${kind}Id`]: id };
  const { state } = metadata['after'] as unknown as TicketFacets;
  return { ticketId: id, reference: referenceOf(id), state };
}
