import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { until } from '#test/support/until.js';
import type { ClientPackage, Follower, NewEvent, ReadEvent, Subject } from './subject.js';

/** The context of the suite's parts. */
export interface Given {
  readonly client: ClientPackage;
  /** A connected client, once the suite has started. */
  readonly subject: () => Subject;
}

/** A unique stream name: the server may be shared and persistent. */
export const newStream = (prefix = 'suite'): string => `${prefix}-${randomUUID()}`;

export const newEvent = (data: NewEvent['data'] = {}, type = 'Happened'): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: { $correlationId: randomUUID() },
});

export const newEvents = (count: number, type?: string): NewEvent[] =>
  Array.from({ length: count }, (_, number) => newEvent({ number }, type));

export const ids = (events: readonly { readonly id: string }[]): string[] =>
  events.map(({ id }) => id);

export const revisions = (events: readonly ReadEvent[]): bigint[] =>
  events.map(({ revision }) => revision);

/** The error of a call, which must fail. */
export async function failure(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error as Record<string, unknown>,
  );
  expect(outcome).not.toBeNull();
  return outcome ?? {};
}

export const heard = (follower: Follower, count: number): Promise<true> =>
  until(`${count} events arrived, not ${follower.events.length}`, () =>
    follower.events.length >= count ? true : null,
  );

export const caughtUp = (follower: Follower): Promise<true> =>
  until('the subscription had caught up', () => (follower.caughtUp > 0 ? true : null));
