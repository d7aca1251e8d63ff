import { binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { ClientPackage, NewEvent, Position, Subject } from '../suite/subject.js';
import { appended, clientFilter, collect, follower } from './translate.js';

/** `@eventstore/db-client`. */
export const eventStoreDbClient: ClientPackage = {
  name: '@eventstore/db-client',
  filtersReads: false,
  turnsReads: false,
  createdPrecision: 1,
  connect,
};

function connect(url: string): Subject {
  const client = EventStoreDBClient.connectionString(url);
  return {
    append: async (stream, events, expectedRevision, options) =>
      appended(
        await client.appendToStream(stream, events.map(proposed), { expectedRevision, ...options }),
      ),
    readStream: (stream, options) => collect(client.readStream(stream, options)),
    readAll: ({ filter: _, ...options } = {}) => collect(client.readAll(options)),
    subscribeToAll: ({ fromPosition, filter } = {}) => {
      const checkpoints: Position[] = [];
      const subscription = client.subscribeToAll({
        ...(fromPosition !== undefined && { fromPosition }),
        ...(filter !== undefined && { filter: clientFilter(filter, checkpoints) }),
      });
      return follower(subscription, checkpoints);
    },
    subscribeToStream: (stream, fromRevision) =>
      follower(client.subscribeToStream(stream, { fromRevision })),
    delete: async (stream, expectedRevision) => {
      await client.deleteStream(stream, { expectedRevision });
    },
    tombstone: async (stream, expectedRevision) => {
      await client.tombstoneStream(stream, { expectedRevision });
    },
    setMetadata: async (stream, metadata) => {
      await client.setStreamMetadata(stream, { ...metadata });
    },
    getMetadata: async (stream) => (await client.getStreamMetadata(stream)).metadata ?? {},
    dispose: () => client.dispose(),
  };
}

const proposed = ({ id, type, data, metadata = {} }: NewEvent) =>
  data instanceof Uint8Array
    ? binaryEvent({ id, type, data, metadata })
    : jsonEvent({ id, type, data, metadata });
