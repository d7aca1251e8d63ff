import { afterEach, beforeEach } from '@jest/globals';
import type { ViewStore } from '#view-stores/view-store.js';

/** Where read models are kept. Every opening is a store of its own, as in a process of its own. */
export interface Place {
  open(): Promise<ViewStore>;
}

/**
 * Gives each test stores at a place of its own: the first, and more as other processes would open
 * them. All of them are closed after it.
 */
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
