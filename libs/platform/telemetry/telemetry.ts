import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Tracer } from './tracer.js';

/** The metrics, traces and log of a process. */
export abstract class Telemetry {
  abstract readonly registry: Registry;
  /** Null if tracing is off. */
  abstract readonly tracer: Tracer | null;
  abstract readonly logger: Logger;
}
