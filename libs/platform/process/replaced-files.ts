import { statSync } from 'node:fs';

/**
 * Notices that files were removed or exchanged while a process has them open: what it writes then is
 * lost with its end, and other processes do not see it.
 */
export class ReplacedFiles {
  /** Device and inode of each file that was there once. */
  readonly #ids = new Map<string, string>();

  /** @returns the first of the files that is not the one that was there at first; null if all are */
  first(paths: readonly string[]): string | null {
    return paths.find((path) => this.#isReplaced(path)) ?? null;
  }

  #isReplaced(path: string): boolean {
    const stats = statSync(path, { throwIfNoEntry: false });
    const id = stats && `${stats.dev}:${stats.ino}`;
    const known = this.#ids.get(path);
    if (known === undefined && id !== undefined) this.#ids.set(path, id);
    return known !== undefined && known !== id;
  }
}
