import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Desk } from '#test/support/desk.js';
import { creation } from '#test/support/tickets.js';
import type { Controls } from './controls.js';

/** A fault of a running service, and how the service must report it. */
export interface HealthFault {
  readonly name: string;
  /** The part of the health that is lost. */
  readonly part: string;
  readonly state: 'degraded' | 'unavailable';
  /** The statuses of a command and a query; null if they may be answered in either way. */
  readonly command: number | null;
  readonly query: number | null;
  /** @returns what ends the fault; null for a fault that lasts */
  inject(desk: Desk, controls: Controls): Promise<(() => void) | null>;
}

const create = (desk: Desk) => desk.as('alice').post('/tickets', creation());

/** Another process refuses all changes to a table, as a file system that is read-only does. */
function refuse(desk: Desk, file: string, change: string, table: string): () => void {
  const run = (sql: string): void => {
    const database = new DatabaseSync(join(desk.folder, file));
    database.exec(`PRAGMA busy_timeout = 5000; ${sql}`);
    database.close();
  };
  run(
    `CREATE TRIGGER fault BEFORE ${change} ON ${table} BEGIN SELECT RAISE(ABORT, 'read-only'); END`,
  );
  return () => {
    run('DROP TRIGGER fault');
  };
}

/** Another process keeps a database locked. */
function lock(desk: Desk, file: string): () => void {
  const database = new DatabaseSync(join(desk.folder, file));
  database.exec('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE');
  return () => {
    database.exec('ROLLBACK');
    database.close();
  };
}

const controlled = (name: string) => (_: Desk, controls: Controls) => {
  controls.on(name);
  return Promise.resolve(() => {
    controls.off(name);
  });
};

/** In this order; the last one lasts. */
export const healthFaults: readonly HealthFault[] = [
  {
    name: 'the log cannot be written',
    ...{ part: 'writer', state: 'unavailable', command: 503, query: 200 },
    inject: async (desk) => {
      const heal = refuse(desk, 'events.db', 'INSERT', 'events');
      await create(desk);
      return heal;
    },
  },
  {
    name: 'the disk is full',
    ...{ part: 'disk', state: 'unavailable', command: null, query: 200 },
    inject: controlled('disk-full'),
  },
  {
    name: 'the read models cannot be written',
    ...{ part: 'projection tickets', state: 'degraded', command: 201, query: 200 },
    inject: (desk) => Promise.resolve(refuse(desk, 'read-models.db', 'UPDATE', 'leases')),
  },
  {
    name: 'the consumers are frozen',
    ...{ part: 'projection tickets', state: 'degraded', command: 201, query: 200 },
    inject: controlled('consumers-freeze'),
  },
  {
    name: 'the log is locked by another process',
    ...{ part: 'writer', state: 'unavailable', command: null, query: 200 },
    inject: async (desk) => {
      const heal = lock(desk, 'events.db');
      // It waits for the lock for five seconds.
      await create(desk);
      return heal;
    },
  },
  {
    name: 'the disk has no room for another file',
    ...{ part: 'disk', state: 'unavailable', command: null, query: 200 },
    inject: controlled('no-files-left'),
  },
  {
    name: 'the disk is nearly full',
    ...{ part: 'disk', state: 'degraded', command: 201, query: 200 },
    inject: controlled('disk-low'),
  },
  {
    name: 'the read models are locked by another process',
    ...{ part: 'projection tickets', state: 'degraded', command: 201, query: 200 },
    inject: (desk) => Promise.resolve(lock(desk, 'read-models.db')),
  },
  {
    name: 'the state of the policies cannot be written',
    ...{ part: 'policy dispatch-policy', state: 'degraded', command: 201, query: 200 },
    inject: (desk) => Promise.resolve(refuse(desk, 'policies.db', 'UPDATE', 'leases')),
  },
  {
    name: 'the consumers have ended',
    ...{ part: 'consumers', state: 'unavailable', command: 201, query: 200 },
    inject: (_, controls) => {
      controls.on('consumers-die');
      return Promise.resolve(null);
    },
  },
];
