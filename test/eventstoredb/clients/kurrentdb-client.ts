import { binaryEvent, jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { ClientPackage, NewEvent, Position, Subject } from '../suite/subject.js';
import { appended, clientFilter, collect, follower } from './translate.js';

/** `@kurrent/kurrentdb-client`: it reads through a native bridge; the rest is like the other client. */
export const kurrentDbClient: ClientPackage = {
  name: '@kurrent/kurrentdb-client',
  filtersReads: true,
  turnsReads: true,
  createdPrecision: 1000,
  connect,
};

function connect(url: string): Subject {
  const client = KurrentDBClient.connectionString(url.replace(/^esdb:/u, 'kurrentdb:'));
  return {
    append: async (stream, events, streamState, options) =>
      appended(
        await client.appendToStream(stream, events.map(proposed), { streamState, ...options }),
      ),
    readStream: (stream, options) => collect(client.readStream(stream, options)),
    readAll: ({ filter, ...options } = {}) =>
      collect(
        client.readAll({
          ...options,
          ...(filter !== undefined && { filter: clientFilter(filter, []) }),
        }),
      ),
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
    delete: async (stream, streamState) => {
      await client.deleteStream(stream, { expectedRevision: streamState });
    },
    tombstone: async (stream, streamState) => {
      await client.tombstoneStream(stream, { expectedRevision: streamState });
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
