import { IsActorId } from '#platform/validation/decorators.js';
import { onTicket } from '../kinds.js';
import { OptionalReasonRequest } from './requests.js';

export class ForwardRequest extends OptionalReasonRequest {
  @IsActorId()
  engineerId!: string;
}

export const forward = onTicket.define(
  'forward',
  ForwardRequest,
  async ({ engineerId, reason }, given, facts) => ({
    ...given,
    engineerId,
    reason,
    engineer: await facts.engineer(engineerId),
  }),
);
