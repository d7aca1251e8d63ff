import { DAY, minutesAfter, type Timestamp } from '../decision.js';

/** How long after closing a customer may still evaluate, where the closing brought no rating. */
export const evaluationDueAt = (closedAt: Timestamp): Timestamp => minutesAfter(closedAt, 30 * DAY);
