import type { FastifyReply } from 'fastify';
import type { Done } from '#event-sourcing/command-runner.js';

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
