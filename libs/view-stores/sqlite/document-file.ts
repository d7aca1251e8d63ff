import { rmSync, statSync } from 'node:fs';

export interface DamageObserver {
  /** The file was damaged. It was removed, and is rebuilt from the log. */
  onDamage(file: string, error: Error): void;
}

/** The parts of a file of documents, in the order of their removal: one without its last is nothing. */
const PARTS = ['-wal', '-shm', ''];

/** Device and inode of a file; null if it is not there. */
function idOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
}

/** A file of documents as a process has it open. */
export class OpenFile {
  readonly #id: string | null;
  readonly #wal: string | null;

  constructor(private readonly file: string) {
    this.#id = idOf(file);
    this.#wal = idOf(`${file}-wal`);
  }

  /** Whether the path names another file by now, or none. */
  isReplaced(): boolean {
    return idOf(this.file) !== this.#id;
  }

  /** Whether the write-ahead log was removed or exchanged: others do not see what is written there. */
  hasLostItsLog(): boolean {
    return this.#wal !== null && idOf(`${this.file}-wal`) !== this.#wal;
  }
}

export function removeDocuments(file: string): void {
  for (const part of PARTS) rmSync(file + part, { force: true });
}
