import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { MongodbViewStore } from '#view-stores/mongodb/mongodb-view-store.js';
import type { Projection } from '#projections/projection.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import type { ViewStore } from '#view-stores/view-store.js';
import { MongodbServer } from '#test/support/mongodb-server.js';
import { BareMongodb } from './bare-mongodb.js';
import { BareReadModel, type Batch } from './bare-read-model.js';
import type { Workbench } from './workbench.js';

/** A store that is written without a projector. */
export interface Bare {
  write(batches: readonly Batch[]): Promise<void> | void;
  /** Builds the indexes that queries need. */
  index(): Promise<void> | void;
  close(): Promise<void> | void;
}

/** A kind of store; each opened one is new and empty. */
export interface StoreKind {
  readonly name: string;
  open(): ViewStore;
  bare(projection: Projection<object>): Promise<Bare>;
  stop(): Promise<void>;
}

export function onSqlite(workbench: Workbench): StoreKind {
  const newFile = () => join(workbench.folder(), 'read-models.db');
  return {
    name: 'SQLite',
    open: () => new SqliteViewStore(newFile()),
    bare: (projection) => Promise.resolve(new BareReadModel(newFile(), projection)),
    stop: () => Promise.resolve(),
  };
}

/** On the test server. Null if it is not installed: `npm run test:mongodb-server`. */
export async function onMongodb({ progress }: Workbench): Promise<StoreKind | null> {
  const server = await MongodbServer.start('replica set').catch((error: unknown) => {
    progress((error as Error).message);
    return null;
  });
  if (server === null) return null;
  const newUrl = () => server.url(`bench-${randomUUID()}`);
  return {
    name: 'MongoDB',
    open: () => new MongodbViewStore(newUrl()),
    bare: (projection) => BareMongodb.open(newUrl(), projection),
    stop: () => server.remove(),
  };
}
