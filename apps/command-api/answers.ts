import type { FastifyReply } from 'fastify';
import type { Done, Outcome } from '#event-sourcing/command-runner.js';
import { Problem, type ProblemCode } from '#platform/problems/problem.js';

/** What every accepted command answers, beside what it is on. */
export type Answer = {
  readonly revision: number;
  /** Opaque: to be given as minPosition to a query. */
  readonly position: string;
  readonly events: readonly string[];
};

export const answerOf = ({ revision, position, events }: Done): Answer => ({
  revision,
  position: position.toString(),
  events,
});

/** @throws Problem for an outcome that is not a success. */
export function succeeded(outcome: Outcome): Done {
  switch (outcome.kind) {
    case 'done':
      return outcome;
    case 'refused': {
      const { code, detail, aboutTheActor, ...extras } = outcome.refusal;
      throw new Problem(code as ProblemCode, detail, extras);
    }
    case 'revision_mismatch':
      throw new Problem(
        'revision_mismatch',
        `It is at revision ${outcome.revision} now. Read it again and decide anew.`,
        { revision: outcome.revision },
      );
    case 'idempotency_key_reused':
      throw new Problem(
        'idempotency_key_reused',
        'This Idempotency-Key was used with another request. Use a new key for a new request.',
      );
  }
}

/** Sends an accepted command's answer, with its revision as the entity tag. */
export function send(
  reply: FastifyReply,
  status: 200 | 201,
  { replayed }: Done,
  answer: Answer & Readonly<Record<string, unknown>>,
): void {
  void reply.header('etag', `"${answer.revision}"`);
  if (replayed) void reply.header('idempotency-replayed', 'true');
  void reply.status(status).send(answer);
}

/** The answer for the documentation, with the member that names what it is on. */
export const answerSchemaWith = (...names: string[]) => ({
  schema: {
    type: 'object',
    required: [...names, 'revision', 'position', 'events'],
    properties: {
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
      revision: { type: 'integer' as const },
      position: {
        type: 'string' as const,
        description: 'Opaque: give it to a query as minPosition.',
      },
      events: { type: 'array' as const, items: { type: 'string' as const } },
    },
  },
});
