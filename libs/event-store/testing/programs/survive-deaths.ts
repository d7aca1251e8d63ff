/**
 * Appends while the writer thread dies in several ways (see `kill-writer.ts`), and prints for each
 * what became of the append, whether the folder stayed locked, and how a repeat was answered.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { NO_STREAM, type EventToAppend } from '../../event-store.js';
import { SqliteEventStore } from '../../sqlite/sqlite-event-store.js';
import { anEvent } from '../events.js';
import { runProgram } from '../programs.js';

const [, , folder = '', ...ways] = process.argv;
const file = process.env['KILL_WRITER'] ?? '';
const deaths: string[] = [];
const store = await SqliteEventStore.open({
  folder,
  onWriterDeath: ({ message }) => deaths.push(message),
});

const append = (stream: string, events: readonly EventToAppend[]) =>
  store.append(stream, NO_STREAM, events).then(
    ({ repeated }) => (repeated ? 'repeated' : 'appended'),
    (error: unknown) => (error as Error).name,
  );

for (const way of ways) {
  const events = [anEvent()];
  writeFileSync(file, way);
  const answer = await append(way, events);
  const other = await runProgram('hold-log', [folder]);
  rmSync(file);
  while (store.refusal !== null) await pause(20);
  const again = await append(way, events);
  process.stdout.write(`${JSON.stringify({ way, answer, other: other['name'], again })}\n`);
}
process.stdout.write(`${JSON.stringify({ deaths })}\n`);
await store.close();
