import { DAY, minutesAfter, type Timestamp } from '../decision.js';

/** The deadline of an evaluation, for a ticket closed without a rating. */
export const evaluationDueAt = (closedAt: Timestamp): Timestamp => minutesAfter(closedAt, 30 * DAY);
