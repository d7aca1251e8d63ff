import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Tracer } from './tracer.js';

/** What a process tells of itself, and by what. */
export interface Telemetry {
  readonly registry: Registry;
  /** Null where nothing is traced. */
  readonly tracer: Tracer | null;
  readonly logger: Logger;
}
