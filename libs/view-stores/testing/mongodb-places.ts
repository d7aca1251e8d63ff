import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { MongodbServer } from '#test/support/mongodb-server.js';
import { MongodbViewStore } from '../mongodb/mongodb-view-store.js';
import type { Place } from '#consuming/testing/opened.js';

/** A running replica set or sharded cluster to test on instead of the tests' own server. */
const given = process.env['MONGODB_URL'] ?? '';

export interface MongodbPlaces {
  /** A new database, which is dropped at the end of the suite. */
  readonly newPlace: () => Place & { readonly url: string };
}

/**
 * Databases for the suite that calls it, on the server that MONGODB_URL names or on a new one.
 *
 * @param which - `own` for a suite that needs its own server despite MONGODB_URL
 */
export function mongodbPlaces(which: 'any' | 'own' = 'any'): MongodbPlaces {
  const own = which === 'own' || given === '';
  const databases: string[] = [];
  let server: MongodbServer | null = null;
  beforeAll(async () => {
    if (own) server = await MongodbServer.start('replica set');
  });
  const urlOf = (database: string) => server?.patientUrl(database) ?? withDatabase(given, database);
  afterAll(async () => {
    if (server === null) for (const database of databases) await drop(urlOf(database));
    await server?.remove();
  });
  return {
    newPlace: () => {
      const database = `test-${randomUUID()}`;
      databases.push(database);
      const url = urlOf(database);
      const open = () => Promise.resolve(new MongodbViewStore(url));
      return { url, open };
    },
  };
}

/** A connection string with another database. */
const withDatabase = (url: string, database: string): string =>
  url.replace(/^([^/]*\/\/[^/?]+)(\/[^?]*)?/, `$1/${database}`);

async function drop(url: string): Promise<void> {
  const client = new MongoClient(url);
  await client.db().dropDatabase();
  await client.close();
}
