import type { Provider } from '@nestjs/common';
import type { EventReader } from '#event-store/event-store.js';
import { EVENT_LOG, READ_MODEL_STORE } from '#platform/tokens.js';
import type { ReadModelStore } from '#read-models/store.js';
import { ProjectionStates } from '../process/projection-states.js';
import { Freshness } from './freshness.js';
import { ReadModels } from './read-models.js';

/** What queries are answered from. */
export const queryProviders = (
  log: EventReader,
  store: ReadModelStore,
  states: ProjectionStates,
): Provider[] => [
  { provide: EVENT_LOG, useValue: log },
  { provide: READ_MODEL_STORE, useValue: store },
  { provide: ReadModels, useValue: new ReadModels(store) },
  { provide: Freshness, useValue: new Freshness(() => log.headPosition()) },
  { provide: ProjectionStates, useValue: states },
];
