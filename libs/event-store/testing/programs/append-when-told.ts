/** Appends an event to a folder's log for each line that it is told, and says where it is. */
import { createInterface } from 'node:readline';
import { NO_STREAM } from '../../event-store.js';
import { SqliteEventStore } from '../../sqlite/sqlite-event-store.js';
import { anEvent } from '../events.js';

const store = await SqliteEventStore.open({ folder: process.argv[2] ?? '' });
process.stdout.write(`${JSON.stringify({ opened: true })}\n`);
for await (const stream of createInterface({ input: process.stdin })) {
  const { position } = await store.append(stream, NO_STREAM, [anEvent()]);
  process.stdout.write(`${JSON.stringify({ position: position.toString() })}\n`);
}
await store.close();
