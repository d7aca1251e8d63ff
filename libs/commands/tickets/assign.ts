import { IsActorId } from '#platform/validation/decorators.js';
import { normalId } from '#ticketing/text.js';
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
    engineerId: normalId(engineerId),
    engineer: await facts.engineer(normalId(engineerId)),
  }),
);
