import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseEventStoreUrl } from '#event-store/eventstoredb/address.js';
import {
  readAuthentication,
  type Authentication,
} from './authentication/authentication-settings.js';
import { isLoopback } from './authentication/issuer-url.js';
import { readHttpLimits, type HttpLimits, type Read } from './http-limits.js';

/** The settings of a process, read from the environment once and checked. */
export abstract class Configuration {
  abstract readonly host: string;
  abstract readonly port: number;
  abstract readonly http: HttpLimits;
  /** The address of health, metrics and documentation, for operators; null for none. */
  abstract readonly operations: { readonly host: string; readonly port: number } | null;
  /** The folder of the embedded stores and the local signing key. */
  abstract readonly dataFolder: string;
  /** The connection string of EventStoreDB; null for a log in the data folder. */
  abstract readonly eventStoreUrl: string | null;
  /** The connection string of MongoDB; null for read models in the data folder. */
  abstract readonly mongodbUrl: string | null;
  abstract readonly authentication: Authentication;
  abstract readonly logLevel: LogLevel;
  /** How long a customer has to confirm a resolution before its handler may close the ticket. */
  abstract readonly confirmationMinutes: number;
  /** How often the whole log is checked for damage, and how fast. */
  abstract readonly logCheck: {
    readonly intervalHours: number;
    readonly maxEventsPerSecond: number;
  };
  /** Whether to rebuild all projections and policies from the log: `--rebuild`. @default false */
  abstract readonly rebuildAtStart: boolean;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** The message names each invalid setting and what is expected. */
export class WrongConfiguration extends Error {
  override readonly name = 'WrongConfiguration';
}

/** The callers of a process: users with tokens, or only probes and scrapes without. */
export type Serving = 'users' | 'probes';

/** The command line option that rebuilds everything derived from the log. */
const REBUILD = '--rebuild';

/** @throws WrongConfiguration naming every invalid setting. */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
  serving: Serving = 'users',
  options: readonly string[] = [],
): Configuration {
  const problems = options
    .filter((option) => option !== REBUILD)
    .map((option) => `"${option}" is not an option. The only one is ${REBUILD}.`);
  const read = <Value>(name: string, parse: (text: string) => Value, otherwise: Value): Value => {
    const text = environment[name];
    if (text === undefined || text === '') return otherwise;
    try {
      return parse(text);
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
      return otherwise;
    }
  };
  const configuration: Configuration = {
    host: read('HOST', parseHost, '127.0.0.1'),
    port: read('PORT', parsePort, 3000),
    http: readHttpLimits(read),
    operations: readOperations(read, problems),
    dataFolder: resolve(read('DATA_DIR', (text) => text, './data')),
    eventStoreUrl: read<string | null>('EVENTSTORE_URL', checkedEventStoreUrl, null),
    mongodbUrl: read<string | null>('MONGODB_URL', parseMongodbUrl, null),
    authentication: readAuthentication(read, problems),
    logLevel: read('LOG_LEVEL', parseLogLevel, 'info'),
    confirmationMinutes: read('CONFIRMATION_HOURS', parseHours, 72) * 60,
    logCheck: {
      intervalHours: read('LOG_CHECK_HOURS', parseHours, 24),
      maxEventsPerSecond: read('LOG_CHECK_EVENTS_PER_SECOND', parseEventsPerSecond, 1_000),
    },
    rebuildAtStart: options.includes(REBUILD),
  };
  const localKeyServes = serving === 'users' && configuration.authentication.kind === 'local';
  if (localKeyServes && !isLoopback(configuration.host)) {
    problems.push(
      `HOST: ${configuration.host} is reachable from outside, and the local signing key is for this machine only. Set AUTH_ISSUER and AUTH_AUDIENCE, or leave HOST at 127.0.0.1.`,
    );
  }
  if (problems.length > 0) {
    throw new WrongConfiguration(`Invalid settings:\n  ${problems.join('\n  ')}`);
  }
  return configuration;
}

function readOperations(read: Read, problems: string[]): Configuration['operations'] {
  const port = read<number | null>('OPERATIONS_PORT', parsePort, null);
  const host = read<string | null>('OPERATIONS_HOST', parseHost, null);
  if (port !== null) return { port, host: host ?? '127.0.0.1' };
  if (host !== null) problems.push('OPERATIONS_HOST: set OPERATIONS_PORT too, or neither.');
  return null;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new Error(`"${text}" is not a port. Give a number from 0 (any free one) to 65535.`);
  }
  return port;
}

function parseHost(text: string): string {
  if (isIP(text) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)) {
    throw new Error(`"${text}" is neither an IP address nor a host name.`);
  }
  return text;
}

function parseLogLevel(text: string): LogLevel {
  const level = logLevels.find((known) => known === text);
  if (level === undefined) throw new Error(`"${text}" is not one of ${logLevels.join(', ')}.`);
  return level;
}

function parseHours(text: string): number {
  const hours = Number(text);
  if (!Number.isFinite(hours) || hours <= 0 || hours > 8_760) {
    throw new Error(`"${text}" is not a number of hours above 0 and up to 8760.`);
  }
  return hours;
}

function parseEventsPerSecond(text: string): number {
  const events = Number(text);
  if (!/^\d{1,7}$/.test(text) || events === 0) {
    throw new Error(`"${text}" is not a whole number of events from 1 to 9999999.`);
  }
  return events;
}

/** The message does not repeat the URL: it may contain a password. */
function parseMongodbUrl(text: string): string {
  if (!/^mongodb(\+srv)?:\/\/[^/?]/.test(text)) {
    throw new Error(
      'it is not a MongoDB connection string. Give one such as mongodb://host:27017/service-tickets or mongodb+srv://host/service-tickets, or unset it to keep the read models in the data folder.',
    );
  }
  return text;
}

/** Returns the checked text, which can be passed to a thread, unlike a URL. */
function checkedEventStoreUrl(text: string): string {
  parseEventStoreUrl(text);
  return text;
}
