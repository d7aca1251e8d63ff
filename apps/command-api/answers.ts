import type { FastifyReply } from 'fastify';
import type { Done } from '#event-sourcing/command-runner.js';

/** The answer to an accepted command, without the id of its subject. */
export type Answer = {
  readonly revision: number;
  /** Opaque; for a query's minPosition. */
  readonly position: string;
  readonly events: readonly string[];
};

export const answerOf = ({ revision, position, events }: Done): Answer => ({
  revision,
  position: position.toString(),
  events,
});

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

/** The schema of the answer, with the members that identify its subject. */
export const answerSchemaWith = (...names: string[]) => ({
  schema: {
    type: 'object',
    required: [...names, 'revision', 'position', 'events'],
    properties: {
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
      revision: { type: 'integer' as const },
      position: {
        type: 'string' as const,
        description: 'Opaque; send it to a query as minPosition.',
      },
      events: { type: 'array' as const, items: { type: 'string' as const } },
    },
  },
});
