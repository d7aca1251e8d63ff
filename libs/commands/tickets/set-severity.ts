import { IsIn } from 'class-validator';
import { severities, type Severity } from '#ticketing/ticket/state.js';
import { onTicket } from '../kinds.js';

export class SetSeverityRequest {
  @IsIn([...severities])
  severity!: Severity;
}

export const setSeverity = onTicket.define(
  'severity',
  SetSeverityRequest,
  ({ severity }, given) => ({
    ...given,
    severity,
  }),
);
