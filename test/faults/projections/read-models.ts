import type { Position } from '#event-store/event-store.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from '#projections/projection.js';
import type { ViewStore } from '#view-stores/view-store.js';
import { projections } from '#projections/all.js';
import { until } from '#test/support/until.js';
import { differencesOf, documentsOf } from './story.js';

/** Waits until every projection has reached the head of the log. */
export async function caughtUp(store: ViewStore, head: Position): Promise<void> {
  for (const projection of projections) {
    await until(`${projection.name} has caught up`, async () => {
      const { live } = await store.status(projection);
      return live !== null && live.checkpoint.position >= head ? true : null;
    });
  }
}

/** The differences between the documents of every projection and a fold of the log, as text. */
export async function compareWithFold(
  store: ViewStore,
  events: readonly DecodedEvent[],
): Promise<string[]> {
  const failures: string[] = [];
  for (const projection of projections)
    failures.push(...(await compare(store, projection, events)));
  return failures;
}

async function compare(
  store: ViewStore,
  projection: Projection<object>,
  events: readonly DecodedEvent[],
): Promise<string[]> {
  const { name } = projection;
  const expected = documentsOf(projection, events);
  const reader = store.reader(projection);
  const found = new Map<string, string>();
  for (const id of expected.keys()) {
    const view = await reader.get(id);
    if (view !== null) found.set(id, JSON.stringify(view));
  }
  const [all] = await reader.count([], []);
  const count = all?.count ?? 0;
  return [
    ...differencesOf(name, found, expected),
    ...(count > expected.size ? [`${name} has ${count - expected.size} documents too many`] : []),
  ];
}
