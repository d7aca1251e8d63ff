import { LRUCache } from 'lru-cache';
import type { Change } from '#view-stores/view-store.js';

/** So many documents of a copy are kept: most tickets change again soon. */
const KEPT_DOCUMENTS = 1_000;

const ABSENT = {};

type Load<View> = (ids: readonly string[]) => Promise<ReadonlyMap<string, View>>;

/**
 * The documents that a session loaded or wrote last, and which of them do not exist. Nobody else
 * writes them while the session holds its lease; it ends at the first write that fails.
 */
export class DocumentCache<View extends object> {
  readonly #kept = new LRUCache<string, View | typeof ABSENT>({ max: KEPT_DOCUMENTS });

  constructor(private readonly loadFromStore: Load<View>) {}

  /** The documents of these ids that exist. */
  async load(ids: readonly string[]): Promise<Map<string, View>> {
    const found = new Map<string, View>();
    const unknown: string[] = [];
    for (const id of ids) {
      const kept = this.#kept.get(id);
      if (kept === undefined) unknown.push(id);
      else if (kept !== ABSENT) found.set(id, kept as View);
    }
    if (unknown.length === 0) return found;
    const loaded = await this.loadFromStore(unknown);
    for (const id of unknown) {
      const view = loaded.get(id);
      if (view !== undefined) found.set(id, view);
      this.#kept.set(id, view ?? ABSENT);
    }
    return found;
  }

  /** Keeps what was written. */
  keep(changes: readonly Change<View>[]): void {
    for (const { id, after } of changes) this.#kept.set(id, after ?? ABSENT);
  }
}
