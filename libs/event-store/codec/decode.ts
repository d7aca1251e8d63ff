import { engineerCodec, logCodec, serviceCodec, ticketCodec } from './stored-types.js';
import { ticketStates, severities, type TicketFacets } from '#ticketing/ticket/state.js';
import { wrongShape } from '../history.js';
import { listOf, objectOf, oneOf, optional, orNull, text } from './shape.js';
import { LOG_STREAM } from '../log-loss.js';
import type { RecordedEvent } from '../event-store.js';
import type { DecodedEvent } from './decoded-event.js';

export { UnknownStoredEvent } from './codec.js';

/**
 * The current form of a stored event of any stream. All code outside of the event
 * store reads an event's data through this function.
 *
 * @throws HistoryDamaged for a record that is not what was appended, or has not its type's shape
 * @throws UnknownStoredEvent for a type or version that this code does not know
 */
export function decode(stored: RecordedEvent): DecodedEvent {
  const { id, stream, revision, position, at, metadata } = stored;
  const { type, data } = codecOf(stream).decode(stored);
  const isTicket = stream.startsWith('ticket-');
  if (!hasActor(metadata) || (isTicket && !hasFacets(metadata))) throw wrongShape(stored);
  return { type, data, id, stream, revision, position, at, metadata } as unknown as DecodedEvent;
}

const hasActor = objectOf<{ readonly actor: { readonly id: string; readonly role: string } }>({
  actor: objectOf({ id: text, role: text }),
});

const facets = optional(
  orNull(
    objectOf<TicketFacets>({
      state: oneOf(...ticketStates),
      service: text,
      tenant: orNull(text),
      severity: orNull(oneOf(...severities)),
      handler: orNull(text),
      owners: listOf(text),
    }),
  ),
);

const hasFacets = objectOf<{ readonly before?: unknown; readonly after?: unknown }>({
  before: facets,
  after: facets,
});

function codecOf(stream: string) {
  if (stream.startsWith('ticket-')) return ticketCodec;
  if (stream.startsWith('service-')) return serviceCodec;
  return stream === LOG_STREAM ? logCodec : engineerCodec;
}
