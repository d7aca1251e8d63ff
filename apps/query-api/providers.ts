import type { Provider } from '@nestjs/common';
import type { EventReader } from '#event-store/event-store.js';
import { EVENT_LOG, READ_MODEL_STORE } from '#platform/tokens.js';
import type { ViewStore } from '#view-stores/view-store.js';
import { ProjectionStates } from '#platform/process/projection-states.js';
import { Freshness } from './freshness.js';
import { Views } from '#projections/views.js';

/** What queries are answered from. */
export const queryProviders = (
  log: EventReader,
  store: ViewStore,
  states: ProjectionStates,
): Provider[] => [
  { provide: EVENT_LOG, useValue: log },
  { provide: READ_MODEL_STORE, useValue: store },
  { provide: Views, useValue: new Views(store) },
  { provide: Freshness, useValue: new Freshness(() => log.headPosition()) },
  { provide: ProjectionStates, useValue: states },
];
