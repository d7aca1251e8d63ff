import { IsIn } from 'class-validator';
import { severities, type Severity } from '#ticketing/ticket/state.js';
import { ticketRoute } from './ticket-route.js';

export class SetSeverityRequest {
  @IsIn([...severities])
  severity!: Severity;
}

export const setSeverity = ticketRoute('severity', SetSeverityRequest, 'Says how grave it is.');
