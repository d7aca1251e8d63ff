import { alterDocument } from '../damage/view-damage.js';
import { Random } from '../random.js';
import { faultGroup } from './fault-group.js';
import { away, controlled, locked, refused, run, then, unwritable } from './injections.js';
import type { HealthFault } from './watched.js';
import { WatchedDesk } from './watched-desk.js';

/** A disk that stores something else than was written, until it is mended and the streams are retried. */
async function alteredRecords(watched: WatchedDesk): Promise<() => Promise<void>> {
  run(
    watched,
    'events.db',
    `CREATE TRIGGER fault AFTER INSERT ON events WHEN new.type = 'TicketCreated'
     BEGIN UPDATE events SET record = record || ' ' WHERE position = new.position; END`,
  );
  await watched.give();
  return async () => {
    run(watched, 'events.db', `DROP TRIGGER fault; UPDATE events SET record = trim(record)`);
    const anna = watched.desk.as('anna');
    const { body } = await anna.get<{ items: readonly { name: string }[] }>('/admin/consumers');
    for (const { name } of body.items) await anna.post(`/admin/projections/${name}/retry`);
  };
}

/** The documents and checkpoint of another log, which a projector meets when it writes. */
function ofAnotherLog(watched: WatchedDesk): Promise<() => void> {
  const change = (sql: string) => {
    run(watched, 'read-models.db', `UPDATE copies SET ${sql} WHERE projection = 'tickets'`);
  };
  change("mark = mark + 1, event_hash = '!' || event_hash");
  return Promise.resolve(() => {
    change('event_hash = substr(event_hash, 2)');
  });
}

/** Documents are altered on the disk, and a query reads them. */
async function alteredDocuments(watched: WatchedDesk): Promise<() => void> {
  await watched.give();
  alterDocument(watched.desk.folder, 'tickets', new Random(1));
  await watched.ask();
  return () => undefined;
}

const files = (database: string): string[] => [database, `${database}-wal`, `${database}-shm`];

const unavailable = { state: 'unavailable' } as const;
const degraded = { state: 'degraded' } as const;
const writerLost = { part: 'writer', ...unavailable, query: 200 };
const projectionLost = { part: 'projection tickets', ...degraded, command: 201, query: 200 };
/** They are rebuilt at once, and it is reported for a while. */
const rebuilt = { part: 'disk', ...degraded, command: 201, query: null } as const;
const policyLost = { part: 'policy dispatch-policy', ...degraded, command: 201, query: 200 };

const faults: readonly HealthFault<WatchedDesk>[] = [
  {
    name: 'the log cannot be written',
    ...{ ...writerLost, command: 503 },
    inject: then(refused('events.db', 'INSERT', 'events')),
  },
  {
    name: 'the disk is full',
    ...{ part: 'disk', ...unavailable, command: null, query: 200 },
    inject: controlled('disk-full'),
  },
  {
    name: 'the read models cannot be written',
    ...projectionLost,
    inject: refused('read-models.db', 'UPDATE', 'leases'),
  },
  {
    name: 'the consumers are frozen',
    ...projectionLost,
    inject: controlled('consumers-freeze'),
  },
  {
    name: 'the log is locked by another process',
    ...{ ...writerLost, command: null },
    inject: then(locked('events.db')),
  },
  {
    name: 'the disk has no room for another file',
    ...{ part: 'disk', ...unavailable, command: null, query: 200 },
    inject: controlled('no-files-left'),
  },
  {
    name: 'the disk does not answer',
    ...{ part: 'disk', ...unavailable, command: null, query: 200 },
    inject: controlled('disk-hang'),
  },
  {
    name: 'the disk is nearly full',
    ...{ part: 'disk', ...degraded, command: 201, query: 200 },
    inject: controlled('disk-low'),
  },
  {
    name: 'the read models are locked by another process',
    ...projectionLost,
    inject: locked('read-models.db'),
  },
  {
    name: 'the state of the policies cannot be written',
    ...policyLost,
    inject: refused('policies.db', 'UPDATE', 'leases'),
  },
  {
    name: 'the state of the policies is locked by another process',
    ...policyLost,
    inject: locked('policies.db'),
  },
  {
    name: 'the writer hangs',
    ...{ ...writerLost, command: 503 },
    inject: then(controlled('writer-freeze')),
  },
  {
    name: 'the writer dies again and again',
    ...{ ...writerLost, command: 503 },
    inject: controlled('writer-die'),
  },
  {
    name: 'the log is removed',
    ...{ ...writerLost, command: 503 },
    inject: away('events.db'),
  },
  {
    name: 'the write-ahead log is removed',
    ...{ ...writerLost, command: 503 },
    inject: away('events.db-wal'),
  },
  {
    name: 'the log may not be written',
    ...{ ...writerLost, command: null },
    inject: unwritable('events.db'),
  },
  {
    name: 'the data folder may not be written',
    ...{ ...writerLost, command: null },
    inject: unwritable('.'),
  },
  {
    name: 'the read models are removed',
    ...rebuilt,
    inject: away(...files('read-models.db')),
  },
  {
    name: 'the state of the policies is removed',
    ...{ part: 'disk', ...degraded, command: 201, query: 200 },
    inject: away(...files('policies.db')),
  },
  {
    name: 'the read models belong to another log',
    ...{ part: 'projection tickets', ...unavailable, command: 201, query: 503 },
    inject: then(ofAnotherLog),
  },
  {
    name: 'the read models are altered',
    ...rebuilt,
    inject: alteredDocuments,
  },
  {
    name: 'the write-ahead log of the read models is removed',
    ...rebuilt,
    inject: then(away('read-models.db-wal')),
  },
  {
    name: 'records are altered on the way to the disk',
    ...projectionLost,
    inject: alteredRecords,
  },
  {
    name: 'the consumers have ended',
    ...{ part: 'consumers', ...unavailable, command: 201, query: 200 },
    inject: async (watched) => {
      await controlled('consumers-die')(watched);
      return null;
    },
  },
];

/** Faults of the writer, the disk, the rights of files, the read models and the consumers. */
export const onEmbeddedStores = faultGroup(() => WatchedDesk.open(), faults);
