import type { ServiceProcess } from '#test/support/service-process.js';

/** A running service under faults: the process that is watched, and how it is used. */
export interface Watched {
  /** The process whose health, metrics and log lines are looked at. */
  readonly service: ServiceProcess;
  /** Gives a command, and returns the status of its answer. */
  give(): Promise<number>;
  /** Asks a query, and returns the status of its answer. */
  ask(): Promise<number>;
  close(): Promise<void>;
}

/** A fault of a running service, and how the service must report it. */
export interface HealthFault<Service extends Watched> {
  readonly name: string;
  /** The part of the health that is lost; null if none may be. */
  readonly part: string | null;
  readonly state: 'ok' | 'degraded' | 'unavailable';
  /** The message of the line that is logged. @default 'health lost' */
  readonly line?: string;
  /** The statuses of a command and a query; null if they may be answered in either way. */
  readonly command: number | null;
  readonly query: number | null;
  /** @returns what ends the fault; null for a fault that lasts */
  inject(service: Service): Promise<(() => void | Promise<void>) | null>;
}

/** Faults of services of one kind: each of them takes place on a service that the others have left. */
export interface FaultGroup {
  readonly names: readonly string[];
  /**
   * Tries the first ones, in their order, on one service.
   *
   * @returns the violations of the first fault that has some
   */
  run(count: number, tried: () => void): Promise<readonly string[]>;
}
