import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Tracer } from './tracer.js';

/** What a process tells of itself, and by what. */
export abstract class Telemetry {
  abstract readonly registry: Registry;
  /** Null where nothing is traced. */
  abstract readonly tracer: Tracer | null;
  abstract readonly logger: Logger;
}
