import type { RecordedEvent } from '#event-store/event-store.js';
import { HistoryDamaged } from '#event-store/history.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { GapInStream, type Projection } from '#projections/projection.js';
import type { Change, PoisonEvent } from '#view-stores/view-store.js';
import type { PageEntry } from './page.js';

/** The effect of a page on a projection's documents. */
export interface Folded<View> {
  readonly changes: readonly Change<View>[];
  /** Streams with an event that could not be projected; its effect and later ones are not included. */
  readonly park: readonly PoisonEvent[];
}

interface Touching {
  readonly stored: RecordedEvent;
  readonly event: DecodedEvent;
  /** The documents that the event may change, and those that it makes. */
  readonly ids: readonly string[];
}

const NONE: readonly string[] = [];

/**
 * Folds events, in the order of the log, into the documents that they touch, which are loaded
 * together. An event that is damaged, or cannot be decoded or projected, parks its stream, and so
 * does an event that is missing in the log; others continue.
 *
 * @param parked - streams whose events are skipped
 * @param isMissing - whether the log lacks a revision of a stream
 * @throws GapInStream if the log was not read in order, which is not the fault of a stream
 */
export async function foldPage<View>(
  projection: Projection<View>,
  entries: readonly PageEntry[],
  parked: ReadonlySet<string>,
  load: (ids: readonly string[]) => Promise<Map<string, View>>,
  isMissing: (stream: string, revision: number) => Promise<boolean>,
): Promise<Folded<View>> {
  const { touching, known, made, undecodable } = touchesOf(projection, entries, parked);
  const before = await load([...known]);
  const views = new Map<string, View | null>(before);
  const touched = (id: string): View | null => views.get(id) ?? null;
  const failed = new Map<string, PoisonEvent>();
  for (const { stored, event, ids: its } of touching) {
    if (failed.has(stored.stream)) continue;
    try {
      // All documents of an event, or none: each is computed from the state before it.
      const after = its.map((id) => projection.project(touched(id), event, id, touched));
      its.forEach((id, index) => views.set(id, after[index] ?? null));
    } catch (error) {
      failed.set(stored.stream, await poisonOrGap(stored, error, isMissing));
    }
  }
  const park = [...new Map([...undecodable, ...failed]).values()];
  return { changes: changesOf([...known, ...made], before, touched), park };
}

/** The events that change documents, and the documents that are known, or made, by then. */
function touchesOf<View>(
  projection: Projection<View>,
  entries: readonly PageEntry[],
  parked: ReadonlySet<string>,
) {
  const touching: Touching[] = [];
  const known = new Set<string>();
  const made = new Set<string>();
  const undecodable = new Map<string, PoisonEvent>();
  for (const entry of entries) {
    const { stored } = entry;
    if (parked.has(stored.stream) || undecodable.has(stored.stream)) continue;
    try {
      const { event } = entry;
      const touches = projection.touches(event);
      const makes = projection.makes?.(event) ?? NONE;
      // Most events leave most projections as they are.
      if (touches.length + makes.length === 0) continue;
      for (const id of touches) known.add(id);
      for (const id of makes) made.add(id);
      touching.push({ stored, event, ids: [...touches, ...makes] });
    } catch (error) {
      undecodable.set(stored.stream, poison(stored, error));
    }
  }
  return { touching, known, made, undecodable };
}

function changesOf<View>(
  ids: readonly string[],
  before: ReadonlyMap<string, View>,
  touched: (id: string) => View | null,
): Change<View>[] {
  return ids
    .map((id) => ({ id, before: before.get(id) ?? null, after: touched(id) }))
    .filter((change) => change.before !== change.after);
}

/** @throws GapInStream if the log has the event that was not read. */
async function poisonOrGap(
  stored: RecordedEvent,
  error: unknown,
  isMissing: (stream: string, revision: number) => Promise<boolean>,
): Promise<PoisonEvent> {
  if (!(error instanceof GapInStream)) return poison(stored, error);
  const place = { ...stored, revision: error.missing };
  if (!(await isMissing(stored.stream, error.missing))) throw error;
  return poison({ ...place, type: '' }, new HistoryDamaged(place, 'is missing'));
}

function poison({ stream, revision, position, type }: RecordedEvent, error: unknown): PoisonEvent {
  const message = error instanceof Error ? error.message : String(error);
  return { stream, revision, position, type, error: message };
}
