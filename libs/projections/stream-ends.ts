import { START } from '#event-store/event-store.js';
import { serviceStream, ticketStream } from '#ticketing/streams.js';
import {
  unlessUnavailable,
  type Place,
  type ViewReader,
  type ViewStore,
} from '#view-stores/view-store.js';
import type { StreamEnd } from './projection.js';
import { services } from './services.js';
import { tickets } from './tickets.js';

const PAGE_DOCUMENTS = 100;

/** The documents of streams name their last event. */
interface Ending {
  readonly revision: number;
  readonly position?: string;
}

/**
 * The ends of all streams of tickets and services, as the read models remember them, in pages. There
 * are none while the read models cannot be read.
 */
export async function* streamEnds(store: ViewStore): AsyncGenerator<readonly StreamEnd[]> {
  yield* endsIn(store.reader(tickets), 'createdAt', ticketStream);
  yield* endsIn(store.reader(services), 'serviceId', serviceStream);
}

async function* endsIn(
  documents: ViewReader<Ending>,
  field: string,
  streamOf: (id: string) => string,
): AsyncGenerator<readonly StreamEnd[]> {
  // The newest tickets are those that people work on.
  const query = { where: [], sort: { field, descending: true }, limit: PAGE_DOCUMENTS };
  let last: Place | undefined;
  do {
    const after = last === undefined ? {} : { after: last };
    const found = (await unlessUnavailable(documents.find({ ...query, ...after }))) ?? [];
    yield found.map(({ id, view: { revision, position } }) => ({
      stream: streamOf(id),
      revision,
      position: position === undefined ? START : BigInt(position),
    }));
    last = found.at(-1);
  } while (last !== undefined);
}
