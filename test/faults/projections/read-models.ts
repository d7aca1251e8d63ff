import type { Position } from '#event-store/event-store.js';
import type { ProjectedEvent, Projection } from '#read-models/projection.js';
import type { ReadModelStore } from '#read-models/store.js';
import { projections } from '#read-models/views/all.js';
import { until } from '#test/support/until.js';
import { differencesOf, documentsOf } from './story.js';

/** Waits until every projection has got as far as the log. */
export async function caughtUp(store: ReadModelStore, head: Position): Promise<void> {
  for (const projection of projections) {
    await until(`${projection.name} has caught up`, async () => {
      const { live } = await store.status(projection);
      return live !== null && live.checkpoint >= head ? true : null;
    });
  }
}

/** How the documents of every projection are other than a fold of the log makes them, in words. */
export async function compareWithFold(
  store: ReadModelStore,
  events: readonly ProjectedEvent[],
): Promise<string[]> {
  const failures: string[] = [];
  for (const projection of projections)
    failures.push(...(await compare(store, projection, events)));
  return failures;
}

async function compare(
  store: ReadModelStore,
  projection: Projection<object>,
  events: readonly ProjectedEvent[],
): Promise<string[]> {
  const { name } = projection;
  const expected = documentsOf(projection, events);
  const reader = store.reader(projection);
  const found = new Map<string, string>();
  for (const id of expected.keys()) {
    const view = await reader.get(id);
    if (view !== null) found.set(id, JSON.stringify(view));
  }
  const [all] = await reader.count({ where: [], by: [] });
  const count = all?.count ?? 0;
  return [
    ...differencesOf(name, found, expected),
    ...(count > expected.size ? [`${name} has ${count - expected.size} documents too many`] : []),
  ];
}
