import { basename, dirname, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';

/** The location of a log: a data folder, or an EventStoreDB. */
export type LogPlace =
  | { readonly kind: 'sqlite'; readonly folder: string }
  | { readonly kind: 'eventstoredb'; readonly url: string };

/**
 * Reads `sqlite:PATH` (a data folder, or the events.db in it) or `esdb://…`.
 *
 * @throws InvalidArgumentError without the text itself, which may hold a password.
 */
export function logPlaceOf(text: string): LogPlace {
  const path = /^sqlite:(?<path>.+)$/s.exec(text)?.groups?.['path'];
  if (path !== undefined) {
    const whole = resolve(path);
    return { kind: 'sqlite', folder: basename(whole) === 'events.db' ? dirname(whole) : whole };
  }
  if (/^(esdb|kurrentdb|kdb)(\+discover)?:\/\//.test(text))
    return { kind: 'eventstoredb', url: text };
  throw new InvalidArgumentError(
    'Use sqlite:FOLDER (a data folder) or esdb://HOST:PORT (EventStoreDB).',
  );
}
