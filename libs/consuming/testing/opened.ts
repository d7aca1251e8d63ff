import { afterEach, beforeEach } from '@jest/globals';
import type { ViewStore } from '#view-stores/view-store.js';

/** A place of read models. Each call opens a separate store, like a separate process. */
export interface Place {
  open(): Promise<ViewStore>;
}

/** Provides each test with stores at a new place, one per simulated process, and closes them afterwards. */
export function openedAt(newPlace: () => Place) {
  const opened: ViewStore[] = [];
  let place: Place;
  const open = async (): Promise<ViewStore> => {
    const store = await place.open();
    opened.push(store);
    return store;
  };
  beforeEach(() => {
    place = newPlace();
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });
  return open;
}
