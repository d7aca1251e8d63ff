import { NO_STREAM, type Json, type RecordedEvent } from '../event-store.js';
import { canonicalJson } from '../integrity/canonical-json.js';
import { recordProblem } from '../integrity/chain.js';

/** Rebuilds an event's canonical record from the event as read. */
export const recordOf = ({ hash, position, ...event }: RecordedEvent): string =>
  canonicalJson(event as unknown as Json);

/** The problems in a stream's hash chain, as text. The stream is read from its start. */
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
