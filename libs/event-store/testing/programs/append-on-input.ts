/** Appends an event to the stream that each input line names, and prints its position. */
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
