import { IsActorId } from '#platform/validation/decorators.js';
import { onTicket } from '../kinds.js';

export class AssignRequest {
  @IsActorId()
  engineerId!: string;
}

export const assign = onTicket.define(
  'assign',
  AssignRequest,
  async ({ engineerId }, given, facts) => ({
    ...given,
    engineerId,
    engineer: await facts.engineer(engineerId),
  }),
);
