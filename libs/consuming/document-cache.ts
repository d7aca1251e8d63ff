import { LRUCache } from 'lru-cache';
import type { Change } from '#view-stores/view-store.js';

/** The number of cached documents of a copy: most tickets change again soon. */
const MAX_CACHED_DOCUMENTS = 1_000;

type Load<View> = (ids: readonly string[]) => Promise<ReadonlyMap<string, View>>;

/**
 * The documents that a session loaded or wrote last. No other process writes them while the session
 * holds its lease; it ends at the first write that fails.
 */
export class DocumentCache<View extends object> {
  readonly #kept = new LRUCache<string, View>({ max: MAX_CACHED_DOCUMENTS });

  constructor(private readonly loadFromStore: Load<View>) {}

  /** The existing documents of these ids. */
  async load(ids: readonly string[]): Promise<Map<string, View>> {
    const found = new Map<string, View>();
    const unknown: string[] = [];
    for (const id of ids) {
      const kept = this.#kept.get(id);
      if (kept === undefined) unknown.push(id);
      else found.set(id, kept);
    }
    if (unknown.length === 0) return found;
    const loaded = await this.loadFromStore(unknown);
    for (const [id, view] of loaded) {
      found.set(id, view);
      this.#kept.set(id, view);
    }
    return found;
  }

  /** Caches written documents. */
  keep(changes: readonly Change<View>[]): void {
    for (const { id, after } of changes) this.#kept.set(id, after ?? undefined);
  }
}
