/**
 * Opens a folder's log for writing and prints the result. It holds the log until
 * its input ends or it is killed.
 */
import { SqliteEventStore } from '../../sqlite/sqlite-event-store.js';

const print = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

try {
  const store = await SqliteEventStore.open({ folder: process.argv[2] ?? '' });
  print({ opened: true });
  process.stdin.resume().once('end', () => {
    void store.close();
  });
} catch (error) {
  const { name, message } = error as Error;
  print({ opened: false, name, message });
  process.stdin.destroy();
}
