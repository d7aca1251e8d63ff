import { NO_STREAM, type RecordedEvent } from '../event-store.js';
import { canonicalJson } from '../integrity/canonical-json.js';
import { recordProblem } from '../integrity/chain.js';

/** An event's record, written again from what a reader was given. */
export const recordOf = ({ hash, position, ...event }: RecordedEvent): string =>
  canonicalJson(event);

/** What an auditor finds wrong with a stream that was read from its beginning, in words. */
export function chainProblems(events: readonly RecordedEvent[]): string[] {
  let before = NO_STREAM;
  return events.flatMap((event, index) => {
    const problems: string[] = [];
    const wrong = recordProblem(recordOf(event), event.hash);
    if (wrong !== null) problems.push(`event ${index}: ${wrong}`);
    if (event.previousHash !== before.hash) problems.push(`event ${index} does not follow`);
    if (event.revision !== before.revision + 1) problems.push(`event ${index} is out of order`);
    before = event;
    return problems;
  });
}
