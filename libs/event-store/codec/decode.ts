import { engineerCodec, logCodec, serviceCodec, ticketCodec } from './stored-types.js';
import { LOG_STREAM } from '../log-loss.js';
import type { RecordedEvent } from '../event-store.js';
import type { DecodedEvent } from './decoded-event.js';

export { UnknownStoredEvent } from './codec.js';

/**
 * The current form of a stored event of any stream. All code outside of the event
 * store reads an event's data through this function.
 *
 * @throws HistoryDamaged for a record that is not what was appended
 * @throws UnknownStoredEvent for a type or version that this code does not know
 */
export function decode(stored: RecordedEvent): DecodedEvent {
  const { id, stream, revision, position, at, metadata } = stored;
  const { type, data } = codecOf(stream).decode(stored);
  return { type, data, id, stream, revision, position, at, metadata } as unknown as DecodedEvent;
}

function codecOf(stream: string) {
  if (stream.startsWith('ticket-')) return ticketCodec;
  if (stream.startsWith('service-')) return serviceCodec;
  return stream === LOG_STREAM ? logCodec : engineerCodec;
}
