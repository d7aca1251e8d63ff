import { EventStoreDbProcess } from '#test/eventstoredb/server/server-process.js';
import { MongodbServer } from './mongodb-server.js';

/** The stores of a service under test. */
export interface Stores {
  /** The settings for them. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * TEST_STORES selects the stores of the black-box tests: by default the embedded ones,
 * `eventstoredb` for the log in a server that speaks EventStoreDB's protocol, and
 * `eventstoredb+mongodb` for the read models in a server that speaks MongoDB's protocol, too.
 */
export async function openStores(): Promise<Stores> {
  const names = chosen();
  const unknown = names.filter((name) => !['eventstoredb', 'mongodb'].includes(name));
  if (unknown.length > 0) throw new Error(`TEST_STORES: unknown store ${unknown.join(', ')}.`);
  const eventStore = names.includes('eventstoredb') ? await EventStoreDbProcess.start() : null;
  const mongodb = names.includes('mongodb') ? await MongodbServer.start('replica set') : null;
  return {
    environment: {
      ...(eventStore === null ? {} : { EVENTSTORE_URL: eventStore.url }),
      ...(mongodb === null ? {} : { MONGODB_URL: mongodb.patientUrl('tickets') }),
    },
    close: async () => {
      await eventStore?.stop();
      await mongodb?.remove();
    },
  };
}

/** The name of the log's store in metrics. */
export const logName = (): string =>
  chosen().includes('eventstoredb') ? 'eventstoredb' : 'sqlite';

const chosen = (): string[] =>
  (process.env['TEST_STORES'] ?? '').split('+').filter((name) => name !== '');
