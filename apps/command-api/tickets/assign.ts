import { IsPersonId } from '#platform/validation/decorators.js';
import { ticketRoute } from './ticket-route.js';

export class AssignRequest {
  @IsPersonId()
  engineerId!: string;
}

export const assign = ticketRoute(
  'assign',
  AssignRequest,
  'Gives a pending ticket to an engineer.',
);
