/**
 * Opens a folder's log for writing and says so, or says what is in the way. It holds the log until
 * its input ends, or it is killed.
 */
import { SqliteEventStore } from '../../sqlite/sqlite-event-store.js';

const say = (what: object) => process.stdout.write(`${JSON.stringify(what)}\n`);

try {
  const store = await SqliteEventStore.open({ folder: process.argv[2] ?? '' });
  say({ opened: true });
  process.stdin.resume().once('end', () => {
    void store.close();
  });
} catch (error) {
  const { name, message } = error as Error;
  say({ opened: false, name, message });
  process.stdin.destroy();
}
