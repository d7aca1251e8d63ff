import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { MongodbServer } from '#test/support/mongodb-server.js';
import { MongodbViewStore } from '../mongodb/mongodb-view-store.js';
import type { Place } from '#consuming/testing/opened.js';

/** MONGODB_URL names a deployment with transactions that somebody else runs. */
const given = process.env['MONGODB_URL'] ?? '';

export interface MongodbPlaces {
  /** A database of its own, which is dropped in the end. */
  readonly newPlace: () => Place & { readonly url: string };
}

/**
 * A server for the suite that calls it, and places on it: the one that MONGODB_URL names, where
 * that will do.
 */
export function mongodbPlaces(
  kind: 'replica set' | 'standalone',
  whose: 'any' | 'own' = 'any',
): MongodbPlaces {
  const own = kind === 'standalone' || whose === 'own' || given === '';
  const databases: string[] = [];
  let server: MongodbServer | null = null;
  beforeAll(async () => {
    if (own) server = await MongodbServer.start(kind);
  });
  const urlOf = (database: string) => server?.url(database) ?? withDatabase(given, database);
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
