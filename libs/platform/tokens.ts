/** The event log, for whoever reads it (`EventReader`). Interfaces are gone at run time; this is not. */
export const EVENT_LOG = Symbol('event log');
