import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { CommandContext } from '#event-sourcing/command-runner.js';
import { commandIdOf, createdIdOf } from '#event-sourcing/identity.js';
import type { JsonObject } from '#event-store/event-store.js';
import { canonicalJson } from '#event-store/integrity/canonical-json.js';
import { correlationIdOf } from '#platform/http/correlation.js';
import { readEntityTags } from '#platform/http/entity-tags.js';
import { invalidField, Problem } from '#platform/problems/problem.js';
import type { System } from '#platform/system.js';
import type { Actor } from '#ticketing/decision.js';
import { isId } from '#ticketing/text.js';

/** A request without its body: the caller and the headers. */
export interface Call {
  readonly actor: Actor;
  readonly idempotencyKey?: string | undefined;
  /** The revisions in If-Match. */
  readonly ifMatch?: readonly number[] | undefined;
  readonly correlationId?: string | undefined;
  /** The event that a policy reacts to. @default the command's own id */
  readonly causationId?: string | undefined;
  /** W3C trace context. */
  readonly traceparent?: string | undefined;
}

/** @throws Problem `invalid_request` for a malformed header. */
export function callOf({ actor, headers, traceparent }: FastifyRequest): Call {
  return {
    actor,
    idempotencyKey: readIdempotencyKey(headers['idempotency-key']),
    ifMatch: readIfMatch(headers['if-match']),
    correlationId: correlationIdOf(headers),
    traceparent,
  };
}

export function readIdempotencyKey(key: unknown): string | undefined {
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !isId(key)) {
    throw invalidField(
      '/idempotencyKey',
      'An Idempotency-Key must be 1 to 128 printable characters.',
    );
  }
  return key;
}

/**
 * The revisions that a precondition accepts. `*` means any revision, like no header. A weak tag, or
 * one that is not a revision, accepts none: If-Match compares strongly (RFC 9110, section 13.1.1).
 *
 * @throws Problem `invalid_request` for what is not a list of entity tags
 */
export function readIfMatch(field: unknown): readonly number[] | undefined {
  if (field === undefined || field === '*') return undefined;
  const tags = typeof field === 'string' ? readEntityTags(field) : null;
  if (tags === null) {
    throw new Problem(
      'invalid_request',
      'If-Match must be * or entity tags: revisions in quotes, such as "5" or "5", "6".',
    );
  }
  return tags.flatMap((tag) => (/^"(0|[1-9]\d{0,14})"$/.test(tag) ? Number(tag.slice(1, -1)) : []));
}

/** The context of a command: the call with ids and the time. */
export function contextOf(call: Call, system: System, request: JsonObject): CommandContext {
  const { actor, idempotencyKey, ifMatch, correlationId, traceparent } = call;
  const commandId =
    idempotencyKey === undefined ? system.newId() : commandIdOf(callerOf(actor), idempotencyKey);
  return {
    commandId,
    at: system.now(),
    actor: { id: actor.id, tenant: actor.tenant },
    correlationId: correlationId ?? commandId,
    causationId: call.causationId ?? commandId,
    traceparent,
    fingerprint: idempotencyKey === undefined ? undefined : fingerprintOf(request),
    ifMatch,
  };
}

/** The id of a new ticket. A retry with the same key gets the same id. */
export const newIdOf = ({ actor, idempotencyKey }: Call, system: System): string =>
  idempotencyKey === undefined ? system.newId() : createdIdOf(callerOf(actor), idempotencyKey);

const callerOf = ({ id, tenant }: Actor): string => JSON.stringify([tenant, id]);

/** Canonical, so that the same request in another order of members has the same fingerprint. */
const fingerprintOf = (request: JsonObject): string =>
  createHash('sha256').update(canonicalJson(request)).digest('base64url');
