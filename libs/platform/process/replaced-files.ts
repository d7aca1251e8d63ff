import { statSync } from 'node:fs';

interface Known {
  /** Device and inode. */
  readonly id: string;
  /** When another file was seen in its place. */
  exchangedAt: number | null;
}

/** Notices that files were removed or exchanged while a process has them open. */
export class ReplacedFiles {
  /** Each file that was there once. */
  readonly #known = new Map<string, Known>();

  /** @param rememberedMs - how long another file in the place of one is reported */
  constructor(private readonly rememberedMs: number) {}

  /** @returns the first of the files that is not the one that was there before; null if all are */
  first(paths: readonly string[], now = performance.now()): string | null {
    return paths.find((path) => this.#isReplaced(path, now)) ?? null;
  }

  #isReplaced(path: string, now: number): boolean {
    const stats = statSync(path, { throwIfNoEntry: false });
    const known = this.#known.get(path);
    if (stats === undefined) return known !== undefined;
    const id = `${stats.dev}:${stats.ino}`;
    if (known !== undefined && known.id !== id) {
      known.exchangedAt ??= now;
      if (now - known.exchangedAt < this.rememberedMs) return true;
    }
    this.#known.set(path, { id, exchangedAt: null });
    return false;
  }
}
