import { decode } from './decode.js';
import { setTimeout } from 'node:timers/promises';
import type { EventReader, LogPage } from '#event-store/event-store.js';
import type { ProjectedEvent, Projection } from './projection.js';
import type { Change, ReadModelStore, WritableCopy } from './store.js';

/** How many events are folded and written at once. */
const BATCH = 500;

/**
 * How long the loop rests after a batch that was not full. Under load the next batch is the larger
 * for it, and a large one costs little more than a small one; at rest nothing waits.
 */
const REST_MILLISECONDS = 5;

/** What follows a projection's progress. */
export interface LoopObserver {
  projected?(progress: { projection: string; events: number; position: bigint }): void;
}

/**
 * Projects the log into one projection's documents, in order, from its checkpoint on, until the
 * signal aborts. Documents and checkpoint are written together: what was not written is projected
 * again after a crash.
 *
 * @throws GapInStream, CopyMoved, and whatever the projection or a store throws: never skips an event.
 */
export async function projectLog<View>(
  projection: Projection<View>,
  log: EventReader,
  store: ReadModelStore,
  signal: AbortSignal,
  observer: LoopObserver = {},
): Promise<void> {
  const copy = await store.openForWriting(projection);
  const head = await log.headPosition();
  if (!copy.live && copy.checkpoint >= head) await copy.goLive();
  const subscription = log.subscribeToAll({
    after: copy.checkpoint,
    types: projection.handles,
    limit: BATCH,
    signal,
  });
  for await (const page of subscription) {
    await projectPage(projection, copy, page);
    // A copy that is made anew answers queries once it has what the log had when it was begun.
    if (!copy.live && page.position >= head) await copy.goLive();
    observer.projected?.({
      projection: projection.name,
      events: page.events.length,
      position: page.position,
    });
    if (page.events.length < BATCH) await setTimeout(REST_MILLISECONDS);
  }
}

async function projectPage<View>(
  projection: Projection<View>,
  copy: WritableCopy<View>,
  page: LogPage,
): Promise<void> {
  const touched = page.events.map((stored) => {
    const event = decode(stored);
    return { event, ids: projection.touches(event) };
  });
  const ids = [...new Set(touched.flatMap((one) => one.ids))];
  const before = await copy.load(ids);
  const after = new Map<string, View | null>(before);
  for (const one of touched) {
    for (const id of one.ids) projectOne(projection, after, one.event, id);
  }
  const changes = ids.flatMap((id) => changeOf(id, before.get(id) ?? null, after.get(id) ?? null));
  await copy.write(changes, page.position);
}

function projectOne<View>(
  projection: Projection<View>,
  views: Map<string, View | null>,
  event: ProjectedEvent,
  id: string,
): void {
  views.set(id, projection.project(views.get(id) ?? null, event, id));
}

const changeOf = <View>(id: string, before: View | null, after: View | null): Change<View>[] =>
  before === after ? [] : [{ id, before, after }];
