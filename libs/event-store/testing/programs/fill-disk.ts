/**
 * Appends to a log in a process with a file size limit, and prints the outcomes: a small event, an
 * event larger than the limit together with a small one, and
 * small events again.
 */
import { NO_STREAM, type EventStore } from '../../event-store.js';
import { SqliteEventStore } from '../../sqlite/sqlite-event-store.js';
import { anEvent, wholeLog } from '../events.js';

const store: EventStore = await SqliteEventStore.open({ folder: process.argv[2] ?? '' });

async function append(stream: string, size: number): Promise<string> {
  try {
    await store.append(stream, NO_STREAM, [anEvent({ data: { text: 'x'.repeat(size) } })]);
    return 'appended';
  } catch (error) {
    return (error as Error).name;
  }
}

const before = await append('before', 100);
// Both arrive in the same turn of the event loop, so they form one group.
const group = await Promise.all([append('too large', 8_000_000), append('small', 100)]);
const after = [await append('after', 100), await append('small', 100)];
const onLog = (await wholeLog(store)).map(({ stream }) => stream);
await store.close();
process.stdout.write(`${JSON.stringify({ before, group, after, onLog })}\n`);
