import type { Position } from '#event-store/event-store.js';
import type { Projection } from '../projection.js';
import type { Change, ViewStore, WritableCopy } from '#view-stores/view-store.js';
import { openCopy } from '#consuming/testing/leases.js';
import { at } from '#consuming/testing/checkpoints.js';

/** A document as stores see it: something with fields and lists. */
export interface Note {
  readonly state: string;
  readonly rank: number | null;
  readonly at: string;
  readonly tags: readonly string[];
  readonly text?: string;
}

/** Nothing is projected here: the notes are written by hand. */
export const notes: Projection<Note> = {
  name: 'notes',
  version: 1,
  perStream: true,
  categories: [],
  touches: () => [],
  project: (view) => view,
  fields: { state: ({ state }) => state, rank: ({ rank }) => rank, at: ({ at }) => at },
  lists: { tags: ({ tags }) => tags },
  indexes: [['at'], ['state', 'at'], ['rank', 'state']],
};

export const aNote = (change: Partial<Note> = {}): Note => ({
  state: 'open',
  rank: 0,
  at: '2026-11-24',
  tags: [],
  ...change,
});

/** Writes notes as a projector does: what was there before is loaded first. */
export async function writeNotes(
  copy: WritableCopy<Note>,
  after: Readonly<Record<string, Note | null>>,
  checkpoint: Position,
): Promise<void> {
  const ids = Object.keys(after);
  const before = await copy.load(ids);
  const changes = ids.map((id): Change<Note> => ({
    id,
    before: before.get(id) ?? null,
    after: after[id] ?? null,
  }));
  await copy.write(changes, at(checkpoint));
}

/** A live copy with these notes. */
export async function liveCopy(
  store: ViewStore,
  documents: Readonly<Record<string, Note>>,
  checkpoint: Position = 1n,
): Promise<WritableCopy<Note>> {
  const copy = await openCopy(store, notes);
  await writeNotes(copy, documents, checkpoint);
  await copy.goLive();
  return copy;
}
