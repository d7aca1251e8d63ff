import type { Codec } from '#event-store/codec/codec.js';
import type { EventToAppend, JsonObject } from '#event-store/event-store.js';
import type { Decider } from './decider.js';
import { eventIdOf } from './identity.js';

/** The context of a command: actor, time, cause, and idempotency. */
export interface CommandContext {
  /** A UUID, derived from caller and idempotency key if there is a key, random otherwise. */
  readonly commandId: string;
  /** When the command arrived, ISO 8601 in UTC. */
  readonly at: string;
  /** The actor as stored in events, without the role: the decision adds it. */
  readonly actor: JsonObject;
  readonly correlationId: string;
  readonly causationId: string;
  /** W3C trace context. */
  readonly traceparent?: string | undefined;
  /** A digest of the request, if it has an idempotency key. */
  readonly fingerprint?: string | undefined;
  /** The stream revisions that the caller accepts (HTTP `If-Match`). @default any */
  readonly ifMatch?: readonly number[] | undefined;
}

/** The events of an accepted command, ready to append, and the state after them. */
export interface CommandEvents<State> {
  readonly toAppend: readonly EventToAppend[];
  readonly state: State;
  /** The decider's description of the state after the last event. */
  readonly after: JsonObject | null;
}

/** Turns decided events into stored events, with ids and metadata. */
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
  // Keys in canonical order, which is serialised fastest. Undefined members are left out.
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
