import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Random } from '../random.js';

/** Alters one character inside a document of a live view, also while a service uses it. */
export function alterDocument(folder: string, projection: string, random: Random): void {
  const database = new DatabaseSync(join(folder, 'read-models.db'));
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    const live = database.prepare('SELECT number FROM copies WHERE projection = ? AND live = 1');
    const table = `copy_${(live.get(projection) as { number: number }).number}`;
    const rows = database.prepare(`SELECT id, view FROM ${table}`).all() as {
      id: string;
      view: string;
    }[];
    const [first, ...more] = rows;
    if (first === undefined) throw new Error(`${projection} has no documents.`);
    const { id, view } = random.oneOf([first, ...more]);
    const at = random.between(0, view.length - 1);
    const altered = `${view.slice(0, at)}${view[at] === '7' ? '8' : '7'}${view.slice(at + 1)}`;
    database.prepare(`UPDATE ${table} SET view = ? WHERE id = ?`).run(altered, id);
  } finally {
    database.close();
  }
}
