import { IsPersonId } from '#platform/validation/decorators.js';
import { OptionalReasonRequest } from './requests.js';
import { ticketRoute } from './ticket-route.js';

export class ForwardRequest extends OptionalReasonRequest {
  @IsPersonId()
  engineerId!: string;
}

export const forward = ticketRoute('forward', ForwardRequest, 'Passes a ticket on to an engineer.');
