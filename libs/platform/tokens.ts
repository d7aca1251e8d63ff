/** The event log, for whoever reads it (`EventReader`). Interfaces are gone at run time; this is not. */
export const EVENT_LOG = Symbol('event log');

/** The read models' store (`ViewStore`), for whoever asks how the projections are. */
export const READ_MODEL_STORE = Symbol('read model store');
