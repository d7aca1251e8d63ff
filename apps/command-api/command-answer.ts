import type { FastifyReply } from 'fastify';
import type { Done } from '#event-sourcing/command-runner.js';
import { PositionText, Revision, Texts } from '#platform/openapi/answer-members.js';

/** What every answer to an accepted command has. */
export class CommandAnswer {
  @Revision()
  readonly revision!: number;

  @PositionText()
  readonly position!: string;

  @Texts({
    example: ['TicketForwarded'],
    description: 'The types of the events that the command caused; empty for a harmless repeat.',
  })
  readonly events!: readonly string[];
}

export const commandAnswer = ({ revision, position, events }: Done) =>
  ({ revision, position: position.toString(), events }) satisfies CommandAnswer;

/** Sends an accepted command's answer, with its revision as the entity tag. */
export function send(
  reply: FastifyReply,
  status: 200 | 201,
  { replayed }: Done,
  answer: CommandAnswer,
): void {
  void reply.header('etag', `"${answer.revision}"`);
  if (replayed) void reply.header('idempotency-replayed', 'true');
  void reply.status(status).send(answer);
}
