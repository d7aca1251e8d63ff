import type { Codec } from '#event-store/codec/codec.js';
import type { EventToAppend, JsonObject } from '#event-store/event-store.js';
import type { Decider } from './decider.js';
import { eventIdOf } from './identity.js';

/** What comes with a command: who, when, why, and how it may be retried. */
export interface CommandContext {
  /** A UUID: derived from caller and idempotency key where there is one, else new. */
  readonly commandId: string;
  /** When it was given, ISO 8601 in UTC. */
  readonly at: string;
  /** The actor as the events name them, less the role, which the decision gives. */
  readonly actor: JsonObject;
  readonly correlationId: string;
  readonly causationId: string;
  /** W3C trace context. */
  readonly traceparent?: string | undefined;
  /** A digest of the request, where it came with an idempotency key. */
  readonly fingerprint?: string | undefined;
  /** The revision that the caller believes the stream to be at. */
  readonly ifMatch?: number | undefined;
}

/** What an accepted command puts on the log, and what it leads to. */
export interface CommandEvents<State> {
  readonly toAppend: readonly EventToAppend[];
  readonly state: State;
  /** What the decider says of the state after the last of them. */
  readonly after: JsonObject | null;
}

/** Makes of what was decided the events as they go on the log: ids, stored form and metadata. */
export function commandEvents<State, Event>(
  decider: Pick<Decider<never, State, Event>, 'evolve' | 'describe'>,
  codec: Codec<Event>,
  before: State,
  events: readonly Event[],
  context: CommandContext & { readonly role: string },
): CommandEvents<State> {
  let state = before;
  let after = decider.describe(state);
  const toAppend: EventToAppend[] = [];
  for (const event of events) {
    const described = after;
    state = decider.evolve(state, event);
    after = decider.describe(state);
    const { type, schemaVersion, data } = codec.encode(event);
    toAppend.push({
      id: eventIdOf(context.commandId, toAppend.length),
      type,
      schemaVersion,
      at: context.at,
      data,
      metadata: metadataOf(context, described, after),
    });
  }
  return { toAppend, state, after };
}

function metadataOf(
  context: CommandContext & { readonly role: string },
  before: JsonObject | null,
  after: JsonObject | null,
): JsonObject {
  const { role, commandId, correlationId, causationId, fingerprint, traceparent } = context;
  const { id = null, tenant = null, ...more } = context.actor;
  // In the order of canonical JSON, in which it is written fastest; what is undefined is left out.
  return {
    actor: { id, ...more, role, tenant },
    after: after ?? undefined,
    before: before ?? undefined,
    causationId,
    commandId,
    correlationId,
    request: fingerprint,
    traceparent,
  } as JsonObject;
}
